import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import type { PolicyStatement } from '../registration/service-registration.ts';
import { until } from '../testing/until.ts';
import type { LocalAws } from './local-aws.ts';
import { startLocalAws } from './start-local-aws.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const allow = (Action: readonly string[], id: string): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource: arn(id),
});

const READ_STREAM = allow(['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator'], 'Events');
const SEND = allow(['sqs:SendMessage'], 'GivenUp');
const READ_QUEUE = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], 'Jobs');
const STREAM_EVENT = {
  stream: {
    ...{ type: 'kinesis', arn: arn('Events'), batchSize: 1, maximumRetryAttempts: 0, startingPosition: 'TRIM_HORIZON' },
    destinations: { onFailure: { type: 'sqs', arn: arn('GivenUp') } },
  },
};
const QUEUE_EVENT = { sqs: { arn: arn('Jobs') } };

const RESOURCES = {
  DataKey: { Type: 'AWS::KMS::Key' },
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'acting-events', ShardCount: 1 } },
  GivenUp: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'acting-given-up' } },
  Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'acting-jobs', KmsMasterKeyId: arn('DataKey') } },
};

describe('what AWS does in the name of a function', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let lambda: Server;
  const lines: string[] = [];
  const invoked: string[] = [];

  before(async () => {
    // Every function fails.
    lambda = createServer((request, response) => {
      if (request.method === 'POST') invoked.push(request.url?.split('/')[3] ?? '');
      request.resume().once('end', () => response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{}'));
    });
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    aws = await startLocalAws({ dataDir: undefined, port: 0, log: (line) => lines.push(line) });
    const functionWith = (name: string, event: object, ...statements: readonly PolicyStatement[]) => ({
      ...{ name: `acting-local-${name}`, timeoutSeconds: 6, statements },
      events: [event as Record<string, unknown>],
    });
    await aws.registerService({
      ...{ name: 'acting', stage: 'local', region: 'us-east-1', resources: RESOURCES, extensions: {} },
      lambdaUrl: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
      functions: {
        reads: functionWith('reads', STREAM_EVENT, READ_STREAM, SEND),
        deaf: functionWith('deaf', STREAM_EVENT, SEND),
        mute: functionWith('mute', STREAM_EVENT, READ_STREAM),
        keyless: functionWith('keyless', QUEUE_EVENT, READ_QUEUE),
      },
    });
    await aws.waitForServices(['acting'], 10_000);
  });

  after(async () => {
    await aws?.close();
    lambda?.close();
  });

  const settings = () => ({
    ...{ endpoint: aws.url, region: 'us-east-1' },
    credentials: { accessKeyId: 'tester', secretAccessKey: 'x' },
  });

  it('is done where the role allows it, and else the log names what is missing', async () => {
    const kinesis = new KinesisClient(settings());
    const Records = [{ PartitionKey: 'a', Data: Buffer.from('{}') }];
    await kinesis.send(new PutRecordsCommand({ StreamName: 'acting-events', Records }));
    const sqs = new SQSClient(settings());
    const QueueUrl = `${aws.url}/000000000000/acting-given-up`;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body).requestContext.functionArn)).to.deep.equal([
      'arn:aws:lambda:us-east-1:000000000000:function:acting-local-reads',
    ]);
    await until(() => lines.some((line) => line.startsWith('acting-local-mute') && line.includes('AccessDenied')));
    expect(lines.join('\n')).to.match(
      /Access denied: the role of acting-local-mute does not allow sqs:SendMessage on arn:aws:sqs:.*:acting-given-up/,
    );
  });

  it('is not read from a source if the role does not allow it, or not its key: the start says so', async () => {
    await new SQSClient(settings()).send(
      new SendMessageCommand({ QueueUrl: `${aws.url}/000000000000/acting-jobs`, MessageBody: 'a' }),
    );
    const waiting = aws.notices().filter((notice) => notice.includes('AccessDenied'));
    const lack = (name: string, need: string) =>
      `AccessDenied: the role of acting-local-${name} does not allow ${need}`;
    expect(waiting).to.deep.equal([
      `acting-local-deaf: Waits for the stream acting-events: ${lack('deaf', 'kinesis:DescribeStream on arn:aws:kinesis:us-east-1:000000000000:stream/acting-events')}`,
      `acting-local-keyless: Waits for the queue acting-jobs: ${lack('keyless', 'kms:Decrypt on arn:aws:kms:us-east-1:000000000000:key/DataKey')}`,
    ]);
    expect(new Set(invoked)).to.deep.equal(new Set(['acting-local-reads', 'acting-local-mute']));
  });
});
