import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { CreateResource } from './create-resource.ts';
import { expectCreated } from './expect-created.ts';

/** The attributes of a queue, by CloudFormation's and the API's common names. */
const QUEUE_ATTRIBUTES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'MaximumMessageSize',
  'RedrivePolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
];

/** Creates a queue; a queue that exists with other attributes is kept as it is. */
export const createQueue: CreateResource = async (aws, { physical: { name }, properties }) => {
  const Attributes: Record<string, string> = {};
  for (const attribute of QUEUE_ATTRIBUTES) {
    const value = properties[attribute];
    if (value !== undefined) Attributes[attribute] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  const outcome = await aws.json('sqs', 'CreateQueue', { QueueName: name, Attributes });
  expectCreated(outcome, `queue ${name}`, ['QueueNameExists', 'QueueAlreadyExists']);
};

/** The same of a topic. */
const TOPIC_ATTRIBUTES = ['FifoTopic', 'ContentBasedDeduplication'];

/** Creates a topic and the subscriptions declared inside it. */
export const createTopic: CreateResource = async (aws, { physical: { name, arn }, properties }) => {
  const attributes = TOPIC_ATTRIBUTES.map((attribute) => [attribute, properties[attribute]]);
  const encoded = encodedAttributes(Object.fromEntries(attributes));
  expectCreated(await aws.sns('CreateTopic', { Name: name, ...encoded }), `topic ${name}`);
  const inline = (properties.Subscription ?? []) as readonly { Protocol: string; Endpoint: string }[];
  for (const { Protocol, Endpoint } of inline) await subscribe(aws, { TopicArn: arn, Protocol, Endpoint }, {});
};

/** Subscribes a queue (or an address) to a topic. */
export const createSubscription: CreateResource = async (aws, { properties }) => {
  const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope } = properties;
  const subscription = { TopicArn: String(TopicArn), Protocol: String(Protocol), Endpoint: String(Endpoint) };
  await subscribe(aws, subscription, { RawMessageDelivery, FilterPolicy, FilterPolicyScope });
};

interface Subscription {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

/** A subscription that exists with other attributes is made anew, as an update of the stack would change it. */
async function subscribe(
  aws: AwsClient,
  subscription: Subscription,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const wanted = { ...subscription, ...encodedAttributes(attributes) };
  let outcome = await aws.sns('Subscribe', wanted);
  if (!outcome.ok && outcome.message.includes('already exists')) {
    await unsubscribe(aws, subscription);
    outcome = await aws.sns('Subscribe', wanted);
  }
  expectCreated(outcome, `the subscription of ${subscription.Endpoint} to ${subscription.TopicArn}`);
}

async function unsubscribe(aws: AwsClient, { TopicArn, Protocol, Endpoint }: Subscription): Promise<void> {
  const listed = await aws.sns('ListSubscriptionsByTopic', { TopicArn });
  const members = listed.ok ? String(listed.json.text).matchAll(/<member>(.*?)<\/member>/gs) : [];
  for (const [, member = ''] of members) {
    const SubscriptionArn = valueIn(member, 'SubscriptionArn') ?? '';
    const isSame = valueIn(member, 'Protocol') === Protocol && valueIn(member, 'Endpoint') === Endpoint;
    if (isSame) await aws.sns('Unsubscribe', { SubscriptionArn });
  }
}

function valueIn(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1];
}

function encodedAttributes(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const encoded = given.flatMap(([key, value], index) => [
    [`Attributes.entry.${index + 1}.key`, key],
    [`Attributes.entry.${index + 1}.value`, typeof value === 'object' ? JSON.stringify(value) : String(value)],
  ]);
  return Object.fromEntries(encoded);
}
