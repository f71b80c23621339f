import { expect } from 'chai';
import { describeCall, describeS3Call } from './describe-call.ts';

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=caller/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const post = (headers: Record<string, string>, body: string | Buffer, target = '/') =>
  describeCall({ method: 'POST', target, headers }, Buffer.from(body)).call;
const json = (service: string, operation: string, body: object) =>
  post({ ...signedFor(service), 'x-amz-target': operation }, JSON.stringify(body));

describe('describing a call', () => {
  it('reads caller, region and service from the signature', () => {
    const call = json('dynamodb', 'DynamoDB_20120810.GetItem', { TableName: 'metrics' });
    expect(call).to.include({
      service: 'dynamodb',
      action: 'GetItem',
      resource: 'metrics',
      caller: 'caller',
      region: 'eu-west-1',
    });
  });

  for (const [operation, body, resource] of [
    ['BatchWriteItem', { RequestItems: { a: [], b: [] } }, 'a,b'],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName: 'a' } }, { Update: { TableName: 'b' } }] }, 'a,b'],
    ['ExecuteStatement', { Statement: 'SELECT * FROM "weir-local-metrics" WHERE pk = ?' }, 'weir-local-metrics'],
    [
      'BatchExecuteStatement',
      { Statements: [{ Statement: 'UPDATE "a" SET x = ?' }, { Statement: 'INSERT INTO b VALUE ?' }] },
      'a,b',
    ],
    ['GetItem', { TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/metrics' }, 'metrics'],
    ['ListTables', {}, undefined],
  ] as const) {
    it(`finds the tables of ${operation}`, () => {
      expect(json('dynamodb', `DynamoDB_20120810.${operation}`, body).resource).to.equal(resource);
    });
  }

  it('finds the stream beside records, by name, by ARN and in CBOR', () => {
    expect(json('kinesis', 'Kinesis_20131202.PutRecord', { Data: 'e30=', StreamName: 'events' }).resource).to.equal(
      'events',
    );
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
    expect(json('kinesis', 'Kinesis_20131202.PutRecord', { StreamARN }).resource).to.equal('events');
    const cbor = Buffer.concat([
      Buffer.from([0xa1, 0x6a]),
      Buffer.from('StreamName'),
      Buffer.from([0x66]),
      Buffer.from('events'),
    ]);
    const headers = { ...signedFor('kinesis'), 'x-amz-target': 'Kinesis_20131202.PutRecord' };
    expect(post(headers, cbor).resource).to.equal('events');
  });

  it('reads the query protocol', () => {
    const headers = { ...signedFor('sns'), 'content-type': 'application/x-www-form-urlencoded' };
    const call = post(headers, 'Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Aalerts&Message=x');
    expect(call).to.include({ service: 'sns', action: 'Publish', resource: 'alerts', format: 'query' });
  });

  it('names a queue by the end of its URL', () => {
    const QueueUrl = 'http://127.0.0.1:4566/000000000000/mails';
    expect(json('sqs', 'AmazonSQS.SendMessage', { QueueUrl })).to.include({ action: 'SendMessage', resource: 'mails' });
  });

  it('survives a body that is not JSON', () => {
    const headers = { ...signedFor('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    expect(post(headers, '{').resource).to.equal(undefined);
  });
});

describe('describing an S3 call', () => {
  for (const [method, host, target, action, resource] of [
    ['GET', '127.0.0.1:4566', '/', 'ListBuckets', undefined],
    ['PUT', '127.0.0.1:4566', '/photos', 'CreateBucket', 'photos'],
    ['GET', '127.0.0.1:4566', '/photos?list-type=2', 'ListObjectsV2', 'photos'],
    ['POST', '127.0.0.1:4566', '/photos?delete', 'DeleteObjects', 'photos'],
    ['PUT', '127.0.0.1:4566', '/photos/a/b%20c?x-id=PutObject', 'PutObject', 'photos/a/b c'],
    ['PUT', 'photos.localhost:4566', '/a', 'PutObject', 'photos/a'],
    ['GET', 'photos.s3.us-east-1.amazonaws.com', '/a', 'GetObject', 'photos/a'],
    ['GET', 's3.localhost:4566', '/photos/a', 'GetObject', 'photos/a'],
    ['PUT', '127.0.0.1:4566', '/photos/a?partNumber=1&uploadId=u', 'UploadPart', 'photos/a'],
    ['POST', '127.0.0.1:4566', '/photos/a?uploads', 'CreateMultipartUpload', 'photos/a'],
    ['POST', '127.0.0.1:4566', '/photos/a?uploadId=u', 'CompleteMultipartUpload', 'photos/a'],
    ['DELETE', '127.0.0.1:4566', '/photos/a?uploadId=u', 'AbortMultipartUpload', 'photos/a'],
    ['DELETE', '127.0.0.1:4566', '/photos/%E0%A4%A', 'DeleteObject', 'photos/%E0%A4%A'],
  ] as const) {
    it(`${method} ${host}${target} is ${action}`, () => {
      const { call } = describeS3Call({ method, target, headers: { host, ...signedFor('s3') } });
      expect(call).to.include({ action, resource });
    });
  }

  it('knows a presigned caller of either version', () => {
    const caller = (target: string) => describeS3Call({ method: 'GET', target, headers: {} }).call.caller;
    expect(caller('/photos/a?X-Amz-Credential=alice%2F20260101%2Fus-east-1%2Fs3%2Faws4_request')).to.equal('alice');
    expect(caller('/photos/a?AWSAccessKeyId=bob&Signature=x&Expires=1')).to.equal('bob');
  });

  it('tells a copy from a put', () => {
    const headers = { 'x-amz-copy-source': '/photos/a' };
    expect(describeS3Call({ method: 'PUT', target: '/photos/b', headers }).call.action).to.equal('CopyObject');
  });
});

describe('a call of Lambda', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:weir-local-f';
  for (const name of [
    'weir-local-f',
    'weir-local-f:live',
    arn,
    `${arn}:$LATEST`,
    '000000000000:function:weir-local-f',
  ]) {
    for (const encoded of new Set([name, encodeURIComponent(name)])) {
      it(`names the function by ${encoded}`, () => {
        const target = `/2015-03-31/functions/${encoded}/invocations`;
        const { call } = describeCall({ method: 'POST', target, headers: signedFor('lambda') }, Buffer.from('{}'));
        const expected = { service: 'lambda', action: 'Invoke', resource: 'weir-local-f', format: 'rest-json' };
        expect(call).to.include(expected);
      });
    }
  }
});

describe('a call of @connections', () => {
  for (const [method, action] of [
    ['POST', 'PostToConnection'],
    ['GET', 'GetConnection'],
    ['DELETE', 'DeleteConnection'],
  ] as const) {
    it(`${method} is ${action}, with or without a stage`, () => {
      for (const target of ['/local/@connections/abc%3D', '/@connections/abc%3D']) {
        const { call } = describeCall({ method, target, headers: signedFor('execute-api') }, Buffer.from('{}'));
        expect(call).to.include({ service: 'execute-api', action, resource: 'abc%3D', format: 'rest-json' });
      }
    });
  }
});
