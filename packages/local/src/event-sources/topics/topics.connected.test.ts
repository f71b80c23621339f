import { expect } from 'chai';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { until } from '../../testing/until.ts';
import type { LambdaStub } from '../testing/lambda-stub.ts';
import { type LocalService, startLocalService } from '../testing/local-service.ts';

const PLACE = 'us-east-1:000000000000';
const QUEUES = ['wrapped', 'raw', 'bodies', 'dead', 'given-up', 'done'];
const TopicArn = `arn:aws:sns:${PLACE}:alerts`;
const queueArn = (name: string) => `arn:aws:sqs:${PLACE}:${name}`;
const to = (name: string, properties: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: {
    ...{ TopicArn: { Ref: 'Alerts' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': [`Queue${name}`, 'Arn'] } },
    ...properties,
  },
});
const RESOURCES = {
  Alerts: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
  ...Object.fromEntries(
    QUEUES.map((QueueName) => [`Queue${QueueName}`, { Type: 'AWS::SQS::Queue', Properties: { QueueName } }]),
  ),
  ToWrapped: to('wrapped', { FilterPolicy: { tags: ['b', true] } }),
  ToRaw: to('raw', { RawMessageDelivery: true, FilterPolicy: { level: [{ numeric: ['>', 2] }] } }),
  ToBodies: to('bodies', {
    ...{ RawMessageDelivery: true, FilterPolicy: { a: { b: [true] } }, FilterPolicyScope: 'MessageBody' },
  }),
  ToListen: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      ...{ TopicArn: { Ref: 'Alerts' }, Protocol: 'lambda' },
      Endpoint: { 'Fn::GetAtt': ['ListenLambdaFunction', 'Arn'] },
    },
  },
};
const FUNCTIONS = {
  hear: { name: 'loud-local-hear', timeoutSeconds: 5, events: [{ sns: 'spoken' }] },
  listen: { name: 'loud-local-listen', timeoutSeconds: 5, events: [], onSuccess: queueArn('done') },
  fail: {
    name: 'loud-local-fail',
    ...{ timeoutSeconds: 5, maximumRetryAttempts: 1, onError: queueArn('dead'), onFailure: queueArn('given-up') },
    events: [{ sns: { arn: TopicArn, filterPolicy: { fails: [{ exists: true }] } } }],
  },
};

interface Attribute {
  readonly DataType: string;
  readonly StringValue: string;
}
const ofList = (value: unknown): Attribute => ({ DataType: 'String.Array', StringValue: JSON.stringify(value) });
const ofNumber = (value: number): Attribute => ({ DataType: 'Number', StringValue: String(value) });

describe('topics of the local AWS', function () {
  this.timeout(60_000);
  let service: LocalService;
  let lambda: LambdaStub;
  let aws: AwsClient;

  before(async () => {
    service = await startLocalService({
      ...{ name: 'loud', resources: RESOURCES, functions: FUNCTIONS },
      behaviours: {
        'loud-local-fail': () => {
          throw new Error('it throws');
        },
        'loud-local-listen': () => ({ heard: true }),
      },
    });
    ({ lambda, aws } = service);
    await service.register();
  });
  after(() => service?.end());

  const publish = async (Message: string, attributes: Record<string, Attribute> = {}, others: object = {}) => {
    const encoded = Object.entries(attributes).flatMap(([name, { DataType, StringValue }], index) => {
      const prefix = `MessageAttributes.entry.${index + 1}`;
      return [
        ...[[`${prefix}.Name`, name] as const, [`${prefix}.Value.DataType`, DataType] as const],
        [`${prefix}.Value.StringValue`, StringValue] as const,
      ];
    });
    const outcome = await aws.sns('Publish', { TopicArn, Message, ...Object.fromEntries(encoded), ...others });
    expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
  };
  const received = (name: string): Promise<readonly string[]> => service.bodiesIn(name);
  const heardBy = (name: string) =>
    lambda.recordsOf(`loud-local-${name}`).map(({ Sns }) => (Sns as { Message: string }).Message);

  it('send to queues what their filter policies want, wrapped and raw', async () => {
    await publish('1', { tags: ofList(['a', 'b']) });
    await publish('2', { tags: ofList(['true']), level: ofNumber(2) });
    await publish('3', { tags: { DataType: 'String', StringValue: 'true' }, level: ofNumber(3) });
    await publish('{"a":{"b":true}}');
    await publish('{"a":{"b":"true"}}');
    const wrapped = (await received('wrapped')).map((body) => JSON.parse(body));
    expect(wrapped.map(({ Message }) => Message)).to.deep.equal(['1']);
    expect(wrapped[0]).to.deep.include({
      ...{ Type: 'Notification', TopicArn },
      MessageAttributes: { tags: { Type: 'String.Array', Value: '["a","b"]' } },
    });
    expect(await received('raw')).to.deep.equal(['3']);
    expect(await received('bodies')).to.deep.equal(['{"a":{"b":true}}']);
  });

  it('send each protocol its own text, and single messages of a batch', async () => {
    const level = { level: ofNumber(5) };
    const texts = JSON.stringify({ default: 'for all', lambda: 'for functions' });
    await publish(texts, level, { MessageStructure: 'json', Subject: 'Hello' });
    expect(await received('raw')).to.deep.equal(['for all']);
    await until(() => heardBy('listen').includes('for functions'));
    const entry = (index: number, Message: string, value: string) => {
      const [prefix, attribute] = [`PublishBatchRequestEntries.member.${index}`, 'MessageAttributes.entry.1'];
      return {
        ...{ [`${prefix}.Id`]: `e${index}`, [`${prefix}.Message`]: Message, [`${prefix}.Subject`]: `S${index}` },
        ...{ [`${prefix}.${attribute}.Name`]: 'level', [`${prefix}.${attribute}.Value.DataType`]: 'Number' },
        [`${prefix}.${attribute}.Value.StringValue`]: value,
      };
    };
    const batch = { ...entry(1, 'low', '1'), ...entry(2, 'high', '9'), ...entry(3, 'high', '9') };
    expect((await aws.sns('PublishBatch', { TopicArn, ...batch })).ok).to.equal(true);
    expect(await received('raw')).to.deep.equal(['high', 'high']);
    await until(() => heardBy('listen').slice(-3).join() === 'low,high,high');
    const subjects = lambda.recordsOf('loud-local-listen').map(({ Sns }) => (Sns as { Subject: unknown }).Subject);
    expect(subjects.slice(-4)).to.deep.equal(['Hello', 'S1', 'S2', 'S3']);
  });

  it("make the topic of a function's event, and hand on what becomes of a message", async () => {
    await publish('spoken', {}, { TopicArn: `arn:aws:sns:${PLACE}:spoken` });
    await until(() => heardBy('hear').length === 1);
    const done = await received('done');
    expect(JSON.parse(done[0] ?? '')).to.nested.include({
      ...{ 'requestContext.condition': 'Success', 'responsePayload.heard': true },
    });
  });

  it('try a function that fails again, and then fill its destination and its dead-letter queue', async () => {
    await publish('bad', { fails: ofNumber(1) });
    const [dead, givenUp]: string[][] = [[], []];
    await until(async () => {
      dead?.push(...(await received('dead')));
      givenUp?.push(...(await received('given-up')));
      return dead?.length === 1 && givenUp?.length === 1;
    });
    expect(heardBy('fail')).to.deep.equal(['bad', 'bad']);
    expect(JSON.parse(dead?.[0] ?? '')).to.nested.include({ 'Records[0].Sns.Message': 'bad' });
    expect(JSON.parse(givenUp?.[0] ?? '')).to.nested.include({
      ...{ 'requestContext.condition': 'RetriesExhausted', 'requestContext.approximateInvokeCount': 2 },
      'requestPayload.Records[0].Sns.Message': 'bad',
    });
  });

  it('refuse a filter policy that SNS refuses, from a call and from a template', async () => {
    const attribute = { 'Attributes.entry.1.key': 'FilterPolicy', 'Attributes.entry.1.value': '{"a":"x"}' };
    const subscription = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('dead'), ...attribute };
    expect(await aws.sns('Subscribe', subscription)).to.include({
      ...{ ok: false, code: 'InvalidParameter' },
      message: 'Invalid parameter: FilterPolicy: &quot;a&quot; takes an array or an object',
    });
    const listed = await aws.sns('ListSubscriptionsByTopic', { TopicArn });
    const SubscriptionArn = /<SubscriptionArn>(arn[^<]+)</.exec(listed.ok ? String(listed.json.text) : '')?.[1] ?? '';
    const change = { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"a":[{"like":"x"}]}' };
    expect(await aws.sns('SetSubscriptionAttributes', change)).to.include({ ok: false, code: 'InvalidParameter' });
    const functions = { hear: { ...FUNCTIONS.hear, events: [{ sns: { topicName: 'x', filterPolicy: { a: 1 } } }] } };
    const refused = { name: 'poor', resources: {}, functions };
    expect(await service.register(refused).then(String, String)).to.include(
      'loud-local-hear: Its filter policy is refused: "a" takes an array or an object',
    );
  });

  it('show the subscriptions of functions beside those of queues, each once', async () => {
    const membersOf = async (action: string, more: Record<string, string> = {}) => {
      const outcome = await aws.sns(action, more);
      const text = outcome.ok ? String(outcome.json.text) : '';
      return [...text.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => member);
    };
    const endpointsOf = (members: readonly string[]) =>
      members.flatMap((member) => /<Endpoint>(.*)<\/Endpoint>/.exec(member)?.[1] ?? []).toSorted();
    const functionArn = (name: string) => `arn:aws:lambda:${PLACE}:function:loud-local-${name}`;
    const ofTopic = [...['fail', 'listen'].map(functionArn), ...['bodies', 'raw', 'wrapped'].map(queueArn)];
    const members = await membersOf('ListSubscriptionsByTopic', { TopicArn });
    expect(endpointsOf(members)).to.deep.equal(ofTopic);
    expect(endpointsOf(await membersOf('ListSubscriptions'))).to.deep.equal(
      [...ofTopic, functionArn('hear')].toSorted(),
    );
    const failing = members.find((member) => member.includes(functionArn('fail'))) ?? '';
    expect(failing).to.include('<Protocol>lambda</Protocol>');
    const SubscriptionArn = /<SubscriptionArn>(.*)<\/SubscriptionArn>/.exec(failing)?.[1] ?? '';
    expect(SubscriptionArn).to.match(
      /^arn:aws:sns:us-east-1:000000000000:alerts:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    const attributes = await aws.sns('GetSubscriptionAttributes', { SubscriptionArn });
    expect(attributes.ok && String(attributes.json.text)).to.match(/FilterPolicy.*fails/s);
    await publish('bad', { fails: ofNumber(1) });
    await until(() => lambda.recordsOf('loud-local-fail').at(-1)?.EventSubscriptionArn === SubscriptionArn);
  });

  it('follow a filter policy that has changed in the template', async () => {
    const resources = { ...RESOURCES, ToRaw: to('raw', { RawMessageDelivery: true, FilterPolicy: { level: [7] } }) };
    await service.register({ resources });
    await publish('8', { level: ofNumber(8) });
    await publish('7', { level: ofNumber(7) });
    expect(await received('raw')).to.deep.equal(['7']);
  });
});
