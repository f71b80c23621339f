import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { type AwsClient, createAwsClient } from '../../aws-calls/aws-client.ts';
import type { Emulator } from '../../emulators/emulator.ts';
import { startStorage } from '../../emulators/storage.ts';
import { until } from '../../testing/until.ts';
import { bodiesIn, type LocalService, startLocalService } from '../testing/local-service.ts';
import { openQueue } from './queue-client.ts';
import { queueContract } from './testing/queue-port.contract.ts';

const PLACE = 'us-east-1:000000000000';
const arnOf = (name: string) => `arn:aws:sqs:${PLACE}:${name}`;
const urlOf = (name: string) => `http://sqs.us-east-1.localhost/000000000000/${name}`;

/** Calls SQS, and throws where that refuses. */
const call = async (aws: AwsClient, action: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
  const outcome = await aws.json('sqs', action, body);
  if (!outcome.ok) throw new Error(`${action}: ${outcome.code}: ${outcome.message}`);
  return outcome.json;
};

describe('the queues of the local AWS', function () {
  this.timeout(30_000);
  let storage: Emulator;
  let aws: AwsClient;
  let made = 0;
  // The queues run in this process, by its date: their time passes without any waiting.
  let date: SinonFakeTimers;
  before(async () => {
    date = useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    storage = await startStorage(undefined);
    aws = createAwsClient(() => `http://127.0.0.1:${storage.port}`, 'tester');
  });
  after(async () => {
    date?.restore();
    await storage?.close();
  });

  queueContract({
    create: async ({ isFifo, maxReceiveCount }) => {
      made += 1;
      const kind = isFifo ? '.fifo' : '';
      const fifo = isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
      const [name, dead] = [`jobs-${made}${kind}`, `dead-${made}${kind}`];
      await call(aws, 'CreateQueue', { QueueName: dead, Attributes: fifo });
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount });
      const redrive = maxReceiveCount === undefined ? {} : { RedrivePolicy };
      await call(aws, 'CreateQueue', { QueueName: name, Attributes: { VisibilityTimeout: '2', ...fifo, ...redrive } });
      const { port } = await openQueue(aws, { queueArn: arnOf(name), region: 'us-east-1' });
      return {
        port,
        send: async (number, { groupId, delaySeconds } = {}) => {
          const more = { MessageGroupId: groupId, DelaySeconds: delaySeconds };
          await call(aws, 'SendMessage', { QueueUrl: urlOf(name), MessageBody: String(number), ...more });
        },
        deadLetters: async () => (await bodiesIn(aws, dead)).map(Number),
      };
    },
    numberOf: ({ eventRecord }) => Number((eventRecord as { body: string }).body),
    pass: async (seconds) => void date.tick(seconds * 1000),
  });
});

const DEAD_ARN = { 'Fn::GetAtt': ['Dead', 'Arn'] };
const RESOURCES = {
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  Jobs: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'jobs',
      VisibilityTimeout: 1,
      RedrivePolicy: { deadLetterTargetArn: DEAD_ARN, maxReceiveCount: 3 },
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
};
const FUNCTIONS = {
  work: {
    name: 'jobs-local-work',
    timeoutSeconds: 1,
    events: [{ sqs: { arn: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, functionResponseType: 'ReportBatchItemFailures' } }],
  },
};

describe('queues as event sources', function () {
  this.timeout(60_000);
  let service: LocalService;
  before(async () => {
    service = await startLocalService({
      ...{ name: 'jobs', resources: RESOURCES, functions: FUNCTIONS, keepsState: true },
      behaviours: {
        'jobs-local-work': ({ event }) => ({
          batchItemFailures: (event.Records ?? [])
            .filter(({ body }) => body === 'poison')
            .map(({ messageId }) => ({ itemIdentifier: messageId })),
        }),
      },
    });
  });
  after(() => service?.end());

  const send = (MessageBody: string, more: object = {}) =>
    call(service.aws, 'SendMessage', { QueueUrl: urlOf('jobs'), MessageBody, ...more });
  const records = () => service.lambda.recordsOf('jobs-local-work');
  const bodies = () => records().map(({ body }) => body);

  it("deliver messages as Lambda's event has them, and at once", async () => {
    await service.register();
    const began = Date.now();
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'first' } };
    await send('{"n":1}', { MessageAttributes });
    await until(() => bodies().length === 1);
    expect((service.lambda.of('jobs-local-work')[0]?.at ?? 0) - began).to.be.lessThan(500);
    const [record] = records();
    expect(record).to.deep.include({
      body: '{"n":1}',
      eventSource: 'aws:sqs',
      eventSourceARN: arnOf('jobs'),
      awsRegion: 'us-east-1',
      messageAttributes: {
        kind: { stringValue: 'first', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
    });
    expect(record).to.have.keys(
      ...['messageId', 'receiptHandle', 'body', 'attributes', 'messageAttributes', 'md5OfBody', 'eventSource'],
      ...['md5OfMessageAttributes', 'eventSourceARN', 'awsRegion'],
    );
    expect(record?.attributes).to.include({ ApproximateReceiveCount: '1' });
  });

  it('take what a topic brings', async () => {
    await service.aws.sns('Publish', { TopicArn: `arn:aws:sns:${PLACE}:news`, Message: 'from the topic' });
    await until(() => bodies().includes('from the topic'));
  });

  it('take a poison message to the dead-letter queue after its attempts, and the others through', async () => {
    await send('poison');
    await send('good');
    await until(async () => (await service.bodiesIn('dead')).includes('poison'));
    expect(bodies().filter((body) => body === 'poison')).to.have.length(3);
    expect(bodies().filter((body) => body === 'good')).to.have.length(1);
  });

  it('keep what nobody was there for, over a restart, and count it as no attempt', async () => {
    await service.local.unregisterService('jobs');
    await send('later');
    await service.restart();
    await service.register();
    await until(() => bodies().includes('later'));
    const record = records().find(({ body }) => body === 'later');
    expect(record?.attributes).to.include({ ApproximateReceiveCount: '1' });
  });

  it('are refused where Lambda would refuse the mapping', async () => {
    const work = { ...FUNCTIONS.work, timeoutSeconds: 6 };
    const problem = await service.register({ functions: { work } }).catch((error: Error) => error.message);
    expect(problem).to.equal(
      'jobs-local-work: The visibility time-out of jobs (1 s) is shorter than the time-out of the function (6 s), which Lambda refuses',
    );
  });
});
