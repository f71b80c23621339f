import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { until } from '../testing/until.ts';
import { type LocalService, startLocalService } from './testing/local-service.ts';

const RESOURCES = {
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events', ShardCount: 1 } },
  Failed: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failed' } },
  Pictures: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'pictures',
      NotificationConfiguration: {
        LambdaConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Function: { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] },
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
          },
        ],
      },
    },
  },
  GivenUp: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'given-up' } },
  Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads' } },
};
const ARN = { 'Fn::GetAtt': ['Stream', 'Arn'] };
const FUNCTIONS = {
  consume: {
    name: 'fixture-local-consume',
    timeoutSeconds: 5,
    events: [
      { stream: { type: 'kinesis', arn: ARN, batchSize: 100, functionResponseType: 'ReportBatchItemFailures' } },
    ],
  },
  refuse: {
    name: 'fixture-local-refuse',
    timeoutSeconds: 5,
    events: [{ stream: { type: 'kinesis', arn: ARN, batchSize: 10, maximumRetryAttempts: 0 } }],
  },
  even: {
    name: 'fixture-local-even',
    timeoutSeconds: 5,
    events: [{ stream: { type: 'kinesis', arn: ARN, filterPatterns: [{ data: { isEven: [true] } }] } }],
  },
  shrink: {
    name: 'fixture-local-shrink',
    timeoutSeconds: 5,
    events: [],
    onFailure: { type: 'sqs', arn: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } },
  },
  thumbnail: {
    name: 'fixture-local-thumbnail',
    timeoutSeconds: 5,
    events: [
      { s3: { bucket: 'uploads', event: 's3:ObjectCreated:*', rules: [{ prefix: 'in/' }, { suffix: '.png' }] } },
    ],
  },
};
const EXTENSIONS = {
  RefuseEventSourceMappingKinesisStream: {
    Properties: { DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } } },
  },
};

describe('event sources', function () {
  this.timeout(60_000);
  let service: LocalService;
  let kinesis: KinesisClient;
  let s3: S3Client;

  before(async () => {
    service = await startLocalService({
      ...{ name: 'fixture', resources: RESOURCES, extensions: EXTENSIONS, functions: FUNCTIONS },
      behaviours: {
        'fixture-local-refuse': () => {
          throw new Error('refused');
        },
        'fixture-local-shrink': ({ event }) => {
          if (JSON.stringify(event).includes('bad')) throw new Error('bad');
        },
      },
    });
    const client = {
      ...{ endpoint: service.local.url, region: 'us-east-1' },
      credentials: { accessKeyId: 'tester', secretAccessKey: 'local' },
    };
    kinesis = new KinesisClient(client);
    s3 = new S3Client(client);
    await service.register();
  });

  after(async () => {
    kinesis?.destroy();
    s3?.destroy();
    await service?.end();
  });

  const recordsOf = (name: string) => service.lambda.recordsOf(`fixture-local-${name}`);
  const put = (from: number, to: number) =>
    kinesis.send(
      new PutRecordsCommand({
        StreamName: 'events',
        Records: Array.from({ length: to - from + 1 }, (_, index) => ({
          PartitionKey: `k${from + index}`,
          Data: Buffer.from(JSON.stringify({ n: from + index, isEven: (from + index) % 2 === 0 })),
        })),
      }),
    );
  const numbers = (name: string) =>
    (recordsOf(name) as unknown as { kinesis: { data: string } }[]).map(
      ({ kinesis: { data } }) => JSON.parse(Buffer.from(data, 'base64').toString('utf8')).n as number,
    );

  it("delivers records as Lambda's event has them", async () => {
    await put(1, 3);
    await until(() => recordsOf('consume').length === 3);
    const [first] = recordsOf('consume') as [Record<string, unknown> & { kinesis: Record<string, unknown> }];
    expect(first).to.include({
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventName: 'aws:kinesis:record',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/fixture-local-consume',
    });
    expect(first.eventID).to.match(/^shardId-000000000000:\d{56}$/);
    expect(first.kinesis).to.include({ kinesisSchemaVersion: '1.0', partitionKey: 'k1' });
    expect(first.kinesis.approximateArrivalTimestamp).to.be.closeTo(Date.now() / 1000, 30);
  });

  it('delivers what a filter pattern matches', async () => {
    await until(() => recordsOf('even').length > 0);
    expect(numbers('even')).to.deep.equal([2]);
  });

  it('names the events that it ignores, and the sources that it waits for', async () => {
    const sqs = 'arn:aws:sqs:us-east-1:000000000000:nowhere';
    const ignored = { name: 'odd-local-hear', timeoutSeconds: 5, events: [{ alexaSkill: 'x' }, { sqs }] };
    const Subscription = [{ Protocol: 'email', Endpoint: 'a@b.test' }];
    const resources = { News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', Subscription } } };
    await service.register({ name: 'odd', resources, extensions: {}, functions: { hear: ignored } });
    const notice = 'odd-local-hear: The local AWS does not support alexaSkill events, and ignores this one';
    expect(service.local.notices()).to.include(notice);
    const mail = 'A subscription of the topic News: The local AWS sends nothing by email, and ignores it';
    expect(service.local.notices()).to.include(mail);
    const missing = 'GetQueueAttributes: QueueDoesNotExist: The specified queue does not exist.';
    expect(service.local.notices()).to.include(`odd-local-hear: Waits for the queue nowhere: ${missing}`);
    await service.local.unregisterService('odd');
  });

  it('tells a reader of a stream how far it is behind', async () => {
    const place = { StreamName: 'events', ShardId: 'shardId-000000000000' };
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ ...place, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const first = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    const [record] = first.Records ?? [];
    const age = Date.now() - (record?.ApproximateArrivalTimestamp?.getTime() ?? 0);
    expect(first.MillisBehindLatest).to.be.within(1, age + 1000);
    const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
    expect(rest.Records).to.have.length(2);
    expect(rest.MillisBehindLatest).to.equal(0);
  });

  it('are not needed to invoke a function: the door answers Invoke', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/lambda/aws4_request';
    const url = `${service.local.url}/2015-03-31/functions/fixture-local-shrink/invocations`;
    const invoke = (body: string) => fetch(url, { method: 'POST', headers: { authorization }, body });
    const failed = await invoke('{"bad":true}');
    expect([failed.status, failed.headers.get('x-amz-function-error')]).to.deep.equal([200, 'Unhandled']);
    expect(await (await invoke('{"good":true}')).json()).to.deep.equal({});
    expect(service.local.usage().actions['lambda:Invoke']).to.include({ calls: 2 });
  });

  it('refuses a service with events that it does not support, and names the function', async () => {
    const registerWith = (stream: object) => {
      const events = [{ stream: { type: 'kinesis', arn: ARN, ...stream } }];
      const functions = { read: { name: 'poor-local-read', timeoutSeconds: 5, events } };
      return service.register({ name: 'poor', extensions: {}, functions }).catch((error: Error) => error.message);
    };
    expect(await registerWith({ filterPatterns: [{ data: { n: [{ like: 'x' }] } }] })).to.equal(
      'poor-local-read: "data.n" is wrong: "like" is no operator of Lambda\'s filter patterns',
    );
    expect(await registerWith({ parallelizationFactor: 3 })).to.match(
      /^poor-local-read: A parallelizationFactor over 1/,
    );
  });

  it('writes records that a function refuses to the S3 bucket of its mapping', async () => {
    const list = async () => (await s3.send(new ListObjectsV2Command({ Bucket: 'failed' }))).Contents ?? [];
    await until(async () => (await list()).length > 0);
    expect((await list())[0]?.Key).to.match(/^aws\/lambda\/events\/shardId-000000000000\/\d{4}\/\d\d\/\d\d\//);
  });

  it('follows a split, and delivers every record once', async () => {
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: 'events' }));
    const middle = 2n ** 127n;
    await put(4, 200);
    await kinesis.send(
      new SplitShardCommand({
        StreamName: 'events',
        ShardToSplit: StreamDescription?.Shards?.[0]?.ShardId,
        NewStartingHashKey: middle.toString(),
      }),
    );
    await sleep(100);
    await put(201, 400);
    await until(() => numbers('consume').length >= 400);
    expect(numbers('consume').toSorted((a, b) => a - b)).to.deep.equal([...Array(400).keys()].map((n) => n + 1));
    expect(new Set(recordsOf('consume').map(({ eventID }) => String(eventID).split(':')[0])).size).to.equal(3);
  });

  it("invokes for the bucket's objects that match prefix and suffix", async () => {
    for (const Key of ['in/a b.png', 'in/b.txt', 'out/c.png']) {
      await s3.send(new PutObjectCommand({ Bucket: 'uploads', Key, Body: '12345' }));
    }
    await until(() => recordsOf('thumbnail').length === 1);
    await sleep(100);
    const [record] = recordsOf('thumbnail') as [{ eventName: string; s3: { object: { key: string; size: number } } }];
    expect(recordsOf('thumbnail')).to.have.length(1);
    expect(record.eventName).to.equal('ObjectCreated:Put');
    expect(record.s3.object).to.include({ key: 'in/a+b.png', size: 5 });
  });

  it("invokes by the bucket's own notification configuration, and passes on what fails three times", async () => {
    for (const Key of ['in/good', 'in/bad + one', 'out/other']) {
      await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body: '12345' }));
    }
    let text: string | undefined;
    await until(async () => {
      [text] = await service.bodiesIn('given-up');
      return text !== undefined;
    });
    const keys = (recordsOf('shrink') as unknown as { s3: { object: { key: string } } }[]).map(
      (record) => record.s3.object.key,
    );
    expect(keys.toSorted()).to.deep.equal(['in/bad+%2B+one', 'in/bad+%2B+one', 'in/bad+%2B+one', 'in/good']);
    const { requestContext, requestPayload } = JSON.parse(text ?? '');
    expect(requestContext).to.include({ condition: 'RetriesExhausted', approximateInvokeCount: 3 });
    expect(requestContext.functionArn).to.match(/:function:fixture-local-shrink:\$LATEST$/);
    expect(requestPayload.Records[0].s3).to.nested.include({
      'bucket.name': 'pictures',
      'object.key': 'in/bad+%2B+one',
    });
  });
});
