import type { FunctionEvent } from '../../invoke/function-event.ts';
import { ACCOUNT_ID, physicalResource, resolveValue } from '../../registration/template-values.ts';
import { readTopicPolicy, type TopicPolicy } from '../filters/topic-policy.ts';

/** One subscription of a function to a topic. */
export interface TopicSubscription {
  readonly topicArn: string;
  /** The topic that the framework makes for this subscription, if it is named and not given by its ARN. */
  readonly ownTopic: string | undefined;
  readonly wants: TopicPolicy;
  /** As SNS shows them: `FilterPolicy` and `FilterPolicyScope`. */
  readonly attributes: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

/** A subscription as it is written down. */
interface Declared {
  readonly topicArn: unknown;
  readonly ownTopic?: string;
  readonly policy?: unknown;
  readonly scope?: unknown;
}

/**
 * A function's subscriptions: from its `sns:` events, from the template's `AWS::SNS::Subscription`, and from the
 * `Subscription` of a topic. Throws what is wrong with one.
 */
export function topicSubscriptions(own: FunctionEvent): readonly TopicSubscription[] {
  const declared = [...own.definition.events.flatMap(({ sns }) => fromEvent(sns, own)), ...fromTemplate(own)];
  return declared.map(({ topicArn, ownTopic, policy, scope }) => {
    const arn = String(resolveValue(topicArn, own.scope));
    if (!/^arn:[^:]+:sns:/.test(arn)) throw new Error(`The topic ${JSON.stringify(topicArn)} is not known here`);
    if (arn.endsWith('.fifo')) throw new Error(`SNS sends messages of the FIFO topic ${arn} to queues only`);
    const wants = policy === undefined ? () => true : readPolicy(policy, scope);
    return { topicArn: arn, ownTopic, wants, attributes: attributesOf(policy, scope) };
  });
}

function attributesOf(policy: unknown, scope: unknown): Readonly<Record<string, string>> {
  if (policy === undefined) return {};
  return { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: String(scope ?? 'MessageAttributes') };
}

function readPolicy(policy: unknown, scope: unknown): TopicPolicy {
  try {
    return readTopicPolicy(policy, scope);
  } catch (error) {
    throw new Error(`Its filter policy is refused: ${(error as Error).message}`, { cause: error });
  }
}

/** A name, an ARN, or an object with one of both. */
function fromEvent(sns: unknown, { registration: { region } }: FunctionEvent): Declared[] {
  if (sns === undefined || sns === null) return [];
  const { arn, topicName, filterPolicy, filterPolicyScope } = typeof sns === 'string' ? named(sns) : (sns as Json);
  const filter = { policy: filterPolicy, scope: filterPolicyScope };
  if (arn !== undefined) return [{ topicArn: arn, ...filter }];
  const ownTopic = String(topicName);
  return [{ topicArn: `arn:aws:sns:${region}:${ACCOUNT_ID}:${ownTopic}`, ownTopic, ...filter }];
}

function named(text: string): Json {
  return text.startsWith('arn:') ? { arn: text } : { topicName: text };
}

function fromTemplate(own: FunctionEvent): Declared[] {
  return Object.entries(own.registration.resources).flatMap(([logicalId, { Type, Properties = {} }]): Declared[] => {
    if (Type === 'AWS::SNS::Subscription' && leadsTo(Properties, own)) {
      return [{ topicArn: Properties.TopicArn, policy: Properties.FilterPolicy, scope: Properties.FilterPolicyScope }];
    }
    if (Type !== 'AWS::SNS::Topic') return [];
    const inline = ((Properties.Subscription ?? []) as readonly Json[]).filter((one) => leadsTo(one, own));
    return inline.map(() => ({ topicArn: physicalResource(logicalId, own.scope).arn }));
  });
}

/** By the function's ARN, which `Fn::GetAtt` of its logical id gives. */
function leadsTo({ Protocol, Endpoint }: Json, { scope, definition }: FunctionEvent): boolean {
  return Protocol === 'lambda' && String(resolveValue(Endpoint, scope)).split(':')[6] === definition.name;
}
