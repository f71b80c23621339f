import type { BuildAppOptions } from 'fauxqs';
import type { FunctionSubscription } from '../event-sources/topics/topic-message.ts';

type SnsStore = NonNullable<BuildAppOptions['stores']>['snsStore'];

/** The calls of SNS that show subscriptions. */
export const SHOWING: readonly string[] = [
  'ListSubscriptions',
  'ListSubscriptionsByTopic',
  'GetSubscriptionAttributes',
];

/**
 * The store as a call sees it that shows subscriptions: with those of the functions beside its own. A subscription of the
 * template is in the store already.
 */
export function withFunctions(topics: SnsStore, functions: readonly FunctionSubscription[]): SnsStore {
  const own = [...topics.subscriptions.values()];
  const others = functions.filter(
    ({ topicArn, endpoint }) =>
      topics.topics.has(topicArn) && !own.some((one) => one.topicArn === topicArn && one.endpoint === endpoint),
  );
  const shown = others.map((one) => ({
    ...one,
    protocol: 'lambda',
    confirmed: true,
    attributes: { ...one.attributes },
  }));
  const view: SnsStore = Object.create(topics);
  view.subscriptions = new Map([...topics.subscriptions, ...shown.map((one) => [one.arn, one] as const)]);
  view.topics = new Map(
    [...topics.topics].map(([arn, topic]) => {
      const added = shown.filter(({ topicArn }) => topicArn === arn).map((one) => one.arn);
      return [arn, { ...topic, subscriptionArns: [...topic.subscriptionArns, ...added] }];
    }),
  );
  return view;
}
