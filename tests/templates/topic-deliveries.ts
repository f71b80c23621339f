import { type Properties, propertiesOf, resourcesOf, type Template, target } from './template.ts';

/** The packages of a stage: the service whose topics and queues are looked at, and the one that declares the key. */
export interface DeliveringStage {
  readonly template: Template;
  /** The policy of the key that `DataKeyArn` names. */
  readonly keyPolicy: Policy;
}

/** The document of a policy. */
export interface Policy {
  readonly Statement: readonly PolicyStatement[];
}

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly ArnEquals?: { readonly 'aws:SourceArn'?: unknown } };
}

const SNS = 'sns.amazonaws.com';

/**
 * Why messages of topics would not reach their queues; empty if all do. SNS has no role. So the queue's policy must let
 * it send, and the policy of the queue's customer key must let it make and read data keys, each for this topic. The key
 * of SQS itself (alias/aws/sqs) lets no service in. No emulator asks any of this, and in AWS each message would be lost.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
 */
export function deliveryFaults({ template, keyPolicy }: DeliveringStage): readonly string[] {
  return resourcesOf(template, 'AWS::SNS::Subscription')
    .filter(([, { Properties }]) => Properties.Protocol === 'sqs')
    .flatMap(([, { Properties }]) => {
      const topic = target(Properties.TopicArn) ?? '';
      return queuesOf(Properties).flatMap((queue) => [
        ...queueFaults(template, queue, topic),
        ...keyFaults({ template, keyPolicy }, queue, topic),
      ]);
    });
}

/** The queue of a subscription, and the one for what SNS cannot deliver to it. */
function queuesOf({ Endpoint, RedrivePolicy }: Properties): readonly string[] {
  const { deadLetterTargetArn } = (RedrivePolicy ?? {}) as { readonly deadLetterTargetArn?: unknown };
  return [Endpoint, deadLetterTargetArn].flatMap((arn) => target(arn) ?? []);
}

function queueFaults(template: Template, queue: string, topic: string): readonly string[] {
  const statements = resourcesOf(template, 'AWS::SQS::QueuePolicy')
    .filter(([, { Properties }]) => (Properties.Queues as readonly unknown[]).some((one) => target(one) === queue))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as Policy).Statement)
    .filter(({ Resource }) => target(Resource) === queue);
  const isOpen = statements.some(
    (statement) =>
      lets(statement, ['sqs:SendMessage']) && target(statement.Condition?.ArnEquals?.['aws:SourceArn']) === topic,
  );
  return isOpen ? [] : [`the policy of ${queue} does not let SNS send messages of ${topic}`];
}

function keyFaults({ template, keyPolicy }: DeliveringStage, queue: string, topic: string): readonly string[] {
  const { KmsMasterKeyId: key } = propertiesOf(template, queue);
  if (key === undefined) return [];
  if (target(key) !== 'DataKeyArn') return [`${queue} has a key whose policy lets no service in`];
  const arn = computedArn(String(propertiesOf(template, topic).TopicName));
  const isOpen = keyPolicy.Statement.some(
    (statement) =>
      lets(statement, ['kms:GenerateDataKey', 'kms:Decrypt']) &&
      JSON.stringify(statement.Condition?.ArnEquals?.['aws:SourceArn']) === JSON.stringify(arn),
  );
  return isOpen ? [] : [`the policy of the key of ${queue} does not let SNS use it for ${topic}`];
}

function lets({ Effect, Principal, Action }: PolicyStatement, actions: readonly string[]): boolean {
  const { Service } = Principal as { readonly Service?: string };
  return Effect === 'Allow' && Service === SNS && actions.every((action) => [Action].flat().includes(action));
}

/** The key is declared by another service, which computes the topic's ARN. */
function computedArn(topicName: string): unknown {
  const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
  return { 'Fn::Sub': `arn:${partition}:sns:${region}:${account}:${topicName}` };
}
