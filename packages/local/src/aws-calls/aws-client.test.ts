import { expect } from 'chai';
import { type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { createAwsClient } from './aws-client.ts';

describe('calls of AWS without an SDK', () => {
  let backend: HttpBackend | undefined;
  afterEach(() => backend?.close());

  async function clientOf(status: number, body: string, headers: Record<string, string> = {}) {
    const started = await startHttpBackend((response) => response.writeHead(status, headers).end(body));
    backend = started;
    return { aws: createAwsClient(() => `http://127.0.0.1:${started.port}`, 'tester'), requests: started.requests };
  }

  for (const [service, target, version] of [
    ['dynamodb', 'DynamoDB_20120810.Do', '1.0'],
    ['kinesis', 'Kinesis_20131202.Do', '1.1'],
    ['sqs', 'AmazonSQS.Do', '1.0'],
    ['secretsmanager', 'secretsmanager.Do', '1.1'],
    ['ssm', 'AmazonSSM.Do', '1.1'],
  ] as const) {
    it(`are signed for ${service}, in its version of JSON`, async () => {
      const { aws, requests } = await clientOf(200, '{"a":1}');
      expect(await aws.json(service, 'Do', { b: 2 })).to.deep.include({ ok: true, json: { a: 1 } });
      expect(requests[0]).to.include({ method: 'POST', target: '/', body: '{"b":2}' });
      const { headers } = requests[0] ?? {};
      expect(headers).to.include({ 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` });
      expect(headers?.authorization).to.match(new RegExp(`Credential=tester/\\d{8}/us-east-1/${service}/aws4_request`));
    });
  }

  it('of SNS are forms', async () => {
    const { aws, requests } = await clientOf(200, '<PublishResponse/>');
    expect(await aws.sns('Publish', { Message: 'ä & b' })).to.deep.include({
      ...{ ok: true, json: { text: '<PublishResponse/>' } },
    });
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).to.deep.equal({
      ...{ Action: 'Publish', Version: '2010-03-31', Message: 'ä & b' },
    });
  });

  it('of S3 are by path, with the headers of the answer', async () => {
    const { aws, requests } = await clientOf(200, '', { etag: '"e"' });
    const outcome = await aws.s3('HEAD', '/photos/a');
    expect(outcome.ok && outcome.headers.get('etag')).to.equal('"e"');
    expect(requests[0]).to.include({ method: 'HEAD', target: '/photos/a' });
  });

  const refusals: readonly [what: string, body: string, code: string, message: string][] = [
    ['JSON', '{"__type":"ResourceInUseException","message":"it exists"}', 'ResourceInUseException', 'it exists'],
    ['JSON with a prefix', '{"__type":"com.amazonaws.x#NotFound","Message":"no"}', 'NotFound', 'no'],
    ['XML', '<Error><Code>NoSuchBucket</Code><Message>no bucket</Message></Error>', 'NoSuchBucket', 'no bucket'],
    ['a text', 'Bad Gateway', 'Unknown', 'Bad Gateway'],
    ['nothing', '', 'Unknown', ''],
  ];
  for (const [what, body, code, message] of refusals) {
    it(`that are refused in ${what} have a code and a message`, async () => {
      const { aws } = await clientOf(400, body);
      expect(await aws.json('ssm', 'Do', {})).to.deep.equal({ ok: false, code, message });
    });
  }
});
