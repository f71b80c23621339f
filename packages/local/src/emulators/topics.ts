import type { BuildAppOptions } from 'fauxqs';
import { readTopicPolicy, type TopicPolicy } from '../event-sources/filters/topic-policy.ts';
import type { FunctionSubscription, TopicMessage } from '../event-sources/topics/topic-message.ts';
import { SHOWING, withFunctions } from './function-subscriptions.ts';

/** The functions that subscribe outside of fauxqs. */
export interface TopicFunctions {
  /** Takes each message that a topic has accepted. */
  readonly published: (message: TopicMessage) => void;
  readonly subscriptions: () => readonly FunctionSubscription[];
}

type SnsStore = NonNullable<BuildAppOptions['stores']>['snsStore'];
type Subscription = NonNullable<ReturnType<SnsStore['getSubscription']>>;
type Params = Readonly<Record<string, string>>;
type Handler = (params: Params, topics: SnsStore, ...others: unknown[]) => unknown;

/** What fauxqs' router of SNS' calls has inside. */
export interface FauxqsTopicRouter {
  register(action: string, handler: Handler): void;
}

/** Makes an error that fauxqs answers in SNS' form. */
export type RefuseCall = (code: string, message: string) => Error;

const functionsOf = new WeakMap<SnsStore, TopicFunctions>();

/** Tells the functions of each message that a topic of these accepts, and shows their subscriptions. */
export function joinTopics(topics: SnsStore, functions: TopicFunctions): void {
  functionsOf.set(topics, functions);
}

/**
 * Makes fauxqs' topics filter by SNS' own grammar, refuse a filter policy that SNS refuses, and report what they accept.
 * Its own filters turn every value into a text, do not look into arrays, and deliver where they understand nothing.
 */
export function mendTopics(router: FauxqsTopicRouter, refuse: RefuseCall): void {
  const { register } = router;
  router.register = function (this: FauxqsTopicRouter, action, handler) {
    const mend = MENDED[action];
    register.call(this, action, mend === undefined ? handler : mend(handler, refuse));
  };
}

const show =
  (handler: Handler): Handler =>
  (params, topics, ...others) =>
    handler(params, withFunctions(topics, functionsOf.get(topics)?.subscriptions() ?? []), ...others);

const MENDED: Readonly<Record<string, (handler: Handler, refuse: RefuseCall) => Handler>> = {
  ...Object.fromEntries(SHOWING.map((action) => [action, show])),
  Publish:
    (publish, refuse) =>
    (params, topics, ...others) => {
      const { forQueues, forFunctions } = textsOf(params, refuse);
      const describe = (message: TopicMessage) => ({ ...message, text: forFunctions, subject: params.Subject });
      return publish({ ...params, Message: forQueues }, filtered(topics, describe), ...others);
    },
  PublishBatch:
    (publish) =>
    (params, topics, ...others) =>
      publish(params, filtered(topics, subjects(params)), ...others),
  Subscribe:
    (subscribe, refuse) =>
    (params, ...others) => {
      const { FilterPolicy, FilterPolicyScope } = attributesOf(params);
      expectPolicy(FilterPolicy, FilterPolicyScope, refuse);
      return subscribe(params, ...others);
    },
  SetSubscriptionAttributes:
    (set, refuse) =>
    (params, topics, ...others) => {
      const { AttributeName = '', AttributeValue = '', SubscriptionArn = '' } = params;
      const attributes = topics.getSubscription(SubscriptionArn)?.attributes;
      const { FilterPolicy, FilterPolicyScope }: Params = { ...attributes, [AttributeName]: AttributeValue };
      if (AttributeName.startsWith('FilterPolicy')) expectPolicy(FilterPolicy, FilterPolicyScope, refuse);
      return set(params, topics, ...others);
    },
};

/** A message in `MessageStructure` json has a text for each protocol, and one for all others. */
function textsOf({ Message = '', MessageStructure }: Params, refuse: RefuseCall) {
  if (MessageStructure !== 'json') return { forQueues: Message, forFunctions: Message };
  const texts = parse(Message) as Params | undefined;
  if (typeof texts?.default !== 'string') {
    throw refuse('InvalidParameter', 'Invalid parameter: Message Structure - No default entry in JSON message body');
  }
  return { forQueues: texts.sqs ?? texts.default, forFunctions: texts.lambda ?? texts.default };
}

/** fauxqs does not say which entry of a batch it sends; it sends them in their order. */
function subjects(params: Params): (message: TopicMessage) => TopicMessage {
  const prefixes = Object.keys(params).flatMap((key) => /^(Publish\w+\.member\.\d+\.)Message$/.exec(key)?.[1] ?? []);
  return (message) => {
    const found = prefixes.findIndex((prefix) => params[`${prefix}Message`] === message.text);
    const [prefix] = prefixes.splice(0, found + 1).slice(-1);
    return { ...message, subject: params[`${prefix}Subject`] };
  };
}

/** The store as one call sees it: with the subscriptions alone that want the message which is being sent. */
function filtered(topics: SnsStore, describe: (message: TopicMessage) => TopicMessage): SnsStore {
  let current: TopicMessage | undefined;
  const view: SnsStore = Object.create(topics);
  // fauxqs tells its spy of each message just before it hands the message out.
  const spy = {
    addMessage: ({ topicArn, messageId, body, messageAttributes }: SpiedMessage) => {
      current = { topicArn, messageId, text: body, attributes: messageAttributes, subject: undefined };
      functionsOf.get(topics)?.published(describe(current));
    },
  };
  return Object.assign(view, {
    spy,
    getSubscription: (arn: string): Subscription | undefined => {
      const subscription = topics.getSubscription(arn);
      if (subscription === undefined || current === undefined) return subscription;
      return policyOf(subscription)(current) ? unfiltered(subscription) : undefined;
    },
  });
}

interface SpiedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: TopicMessage['attributes'];
}

function unfiltered(subscription: Subscription): Subscription {
  const { FilterPolicy: _policy, ...attributes } = subscription.attributes;
  return { ...subscription, attributes };
}

const policies = new Map<string, TopicPolicy>();

/** Only state from before policies were checked has one that cannot be read: nobody knows what it wants. */
function policyOf({ attributes: { FilterPolicy, FilterPolicyScope } }: Subscription): TopicPolicy {
  if (!FilterPolicy) return () => true;
  const key = `${FilterPolicyScope} ${FilterPolicy}`;
  const known = policies.get(key) ?? readOrNothing(FilterPolicy, FilterPolicyScope);
  policies.set(key, known);
  return known;
}

function readOrNothing(text: string, scope: string | undefined): TopicPolicy {
  try {
    return readTopicPolicy(parse(text), scope);
  } catch {
    return () => false;
  }
}

function expectPolicy(text: string | undefined, scope: string | undefined, refuse: RefuseCall): void {
  if (!text) return;
  try {
    readTopicPolicy(parse(text), scope);
  } catch (error) {
    throw refuse('InvalidParameter', `Invalid parameter: FilterPolicy: ${(error as Error).message}`);
  }
}

/** `Attributes.entry.N.key` and `.value`. */
function attributesOf(params: Params): Params {
  const keys = Object.keys(params).filter((key) => /^Attributes\.entry\.\d+\.key$/.test(key));
  return Object.fromEntries(keys.map((key) => [params[key], params[key.replace(/key$/, 'value')] ?? '']));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
