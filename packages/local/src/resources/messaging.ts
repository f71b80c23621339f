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

/** Creates a topic and the subscriptions declared inside it. */
export const createTopic: CreateResource = async (aws, { physical: { name, arn }, properties }) => {
  expectCreated(await aws.sns('CreateTopic', { Name: name }), `topic ${name}`);
  const inline = (properties.Subscription ?? []) as readonly { Protocol: string; Endpoint: string }[];
  for (const { Protocol, Endpoint } of inline) await subscribe(aws, { TopicArn: arn, Protocol, Endpoint }, {});
};

/** Subscribes a queue (or an address) to a topic. */
export const createSubscription: CreateResource = async (aws, { properties }) => {
  const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope } = properties;
  const subscription = { TopicArn: String(TopicArn), Protocol: String(Protocol), Endpoint: String(Endpoint) };
  await subscribe(aws, subscription, { RawMessageDelivery, FilterPolicy, FilterPolicyScope });
};

async function subscribe(
  aws: AwsClient,
  subscription: { readonly TopicArn: string; readonly Protocol: string; readonly Endpoint: string },
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const encoded = given.flatMap(([key, value], index) => [
    [`Attributes.entry.${index + 1}.key`, key],
    [`Attributes.entry.${index + 1}.value`, typeof value === 'object' ? JSON.stringify(value) : String(value)],
  ]);
  const outcome = await aws.sns('Subscribe', { ...subscription, ...Object.fromEntries(encoded) });
  expectCreated(outcome, `the subscription of ${subscription.Endpoint} to ${subscription.TopicArn}`);
}
