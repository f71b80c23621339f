import { expect } from 'chai';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import type { ServiceRegistration } from '../../registration/service-registration.ts';
import { recordedAws, refused } from '../../testing/recorded-aws.ts';
import { functionEvent } from '../testing/function-event.ts';
import type { TopicMessage } from './topic-message.ts';
import { createTopicNotifications } from './topic-notifications.ts';
import { topicSubscriptions } from './topic-subscriptions.ts';

const arnOf = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;
const MESSAGE: TopicMessage = {
  ...{ topicArn: arnOf('alerts'), messageId: 'm1', subject: 'S', text: '{"level":3}' },
  attributes: { kind: { DataType: 'String', StringValue: 'bad' } },
};
const RETURNED: InvokeResult = { outcome: 'returned', value: null };
type Events = Parameters<typeof functionEvent>[0];

describe("a function's subscriptions to topics", () => {
  const invoke = async () => RETURNED;
  const arns = (events: Events, resources: ServiceRegistration['resources'] = {}) => {
    const own = functionEvent(events, { invoke, resources });
    const scope = { ...own.scope, functions: own.registration.functions };
    return topicSubscriptions({ ...own, scope }).map(({ topicArn }) => topicArn);
  };
  const Alerts = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } };

  it('are those of its events: a name, an ARN, or a reference to a topic of the service', () => {
    const events = [
      ...[
        { sns: 'by-name' },
        { sns: { topicName: 'named' } },
        { sns: arnOf('by-arn') },
        { sns: { arn: arnOf('arn') } },
      ],
      { sns: { arn: { Ref: 'Alerts' }, topicName: 'alerts' } },
    ];
    expect(arns(events, { Alerts })).to.deep.equal(['by-name', 'named', 'by-arn', 'arn', 'alerts'].map(arnOf));
  });

  it('are those of the template that lead to it', () => {
    const Endpoint = { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] };
    const to = (Properties: object) => ({ Type: 'AWS::SNS::Subscription', Properties: { ...Properties } });
    const resources = {
      Alerts: { ...Alerts, Properties: { TopicName: 'alerts', Subscription: [{ Protocol: 'lambda', Endpoint }] } },
      Own: to({ TopicArn: arnOf('own'), Protocol: 'lambda', Endpoint }),
      Other: to({ TopicArn: arnOf('other'), Protocol: 'lambda', Endpoint: { 'Fn::GetAtt': ['X', 'Arn'] } }),
      Queue: to({ TopicArn: arnOf('queue'), Protocol: 'sqs', Endpoint }),
    };
    expect(arns([], resources)).to.deep.equal(['alerts', 'own'].map(arnOf));
  });

  it('are refused where SNS would refuse them', () => {
    const given = (sns: unknown) => () => arns([{ sns }]);
    expect(given({ topicName: 'a', filterPolicy: { a: 'x' } })).to.throw(/filter policy is refused: "a" takes/);
    expect(given({ topicName: 'a', filterPolicy: { a: ['x'] }, filterPolicyScope: 'Body' })).to.throw(/not Body/);
    expect(given(arnOf('a.fifo'))).to.throw(/queues only/);
    expect(given({ arn: { 'Fn::ImportValue': 'x' } })).to.throw(/is not known here/);
  });
});

describe("a topic's messages", () => {
  let given: object[];
  let lines: string[];
  let results: InvokeResult[];
  beforeEach(() => {
    given = [];
    lines = [];
    results = [];
  });

  async function notified(events: Events, messages: readonly TopicMessage[], onError?: string) {
    const invoke = async (event: object) => {
      given.push(event);
      return results.shift() ?? RETURNED;
    };
    const aws = recordedAws();
    const topics = createTopicNotifications(aws, (line) => lines.push(line), [0, 0, 0]);
    const own = functionEvent(events, { invoke });
    const running = await topics.join([{ ...own, definition: { ...own.definition, onError } }]);
    for (const message of messages) topics.published(message);
    await running.stop();
    topics.published(MESSAGE);
    return aws.calls;
  }

  it("reach a function in Lambda's form, and their topic is made", async () => {
    expect(await notified([{ sns: 'alerts' }], [MESSAGE])).to.deep.equal([['sns CreateTopic', { Name: 'alerts' }]]);
    expect(given).to.have.length(1);
    const [record] = (given[0] as { Records: [Record<string, unknown> & { Sns: Record<string, unknown> }] }).Records;
    expect(record).to.include({ EventSource: 'aws:sns', EventVersion: '1.0' });
    expect(record.Sns).to.deep.include({
      ...{ Type: 'Notification', TopicArn: arnOf('alerts'), MessageId: 'm1', Subject: 'S', Message: '{"level":3}' },
      MessageAttributes: { kind: { Type: 'String', Value: 'bad' } },
    });
  });

  it('reach it if they are of its topic and its filter policy wants them', async () => {
    const body = { filterPolicy: { level: [{ numeric: ['>', 2] }] }, filterPolicyScope: 'MessageBody' };
    const events = [
      { sns: { arn: arnOf('alerts'), filterPolicy: { kind: ['good'] } } },
      { sns: { arn: arnOf('alerts'), ...body } },
    ];
    await notified(events, [MESSAGE, { ...MESSAGE, text: '{"level":1}' }, { ...MESSAGE, topicArn: arnOf('others') }]);
    expect(given).to.have.length(1);
  });

  it('come three times if it fails, and then go to its dead-letter queue as they came', async () => {
    results = Array(3).fill({ outcome: 'failed', reason: 'no' });
    const dead = 'arn:aws:sqs:eu-west-1:000000000000:dead';
    const calls = await notified([{ sns: arnOf('alerts') }], [MESSAGE], dead);
    expect(given).to.have.length(3);
    expect(lines.slice(2)).to.deep.equal([
      `weir-api-local-shrink: Gave up message m1 of ${arnOf('alerts')} (RetriesExhausted: no), which is now in the queue dead`,
    ]);
    const [name, input] = calls[0] as [string, { MessageBody: string; MessageAttributes: object }];
    expect([name, JSON.parse(input.MessageBody)]).to.deep.equal(['sqs SendMessage', given[0]]);
    expect(input.MessageAttributes).to.deep.include({
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'no' },
    });
  });

  it('are refused to a service whose topic cannot be made', async () => {
    const topics = createTopicNotifications(
      recordedAws(() => refused('InvalidParameter')),
      () => {},
    );
    const joining = topics.join([functionEvent([{ sns: 'alerts' }], { invoke: async () => RETURNED })]);
    expect(await joining.then(String, String)).to.match(/topic alerts could not be created: InvalidParameter/);
  });
});
