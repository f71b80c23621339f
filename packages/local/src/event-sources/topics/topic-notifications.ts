import { createHash } from 'node:crypto';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import type { FunctionEvent } from '../../invoke/function-event.ts';
import { createInvokeAsync, type InvokeAsync, PAUSES_MS } from '../../invoke/invoke-async.ts';
import type { RunningSources } from '../../registration/service-registry.ts';
import { ACCOUNT_ID } from '../../registration/template-values.ts';
import { type FunctionSubscription, type TopicMessage, topicEvent } from './topic-message.ts';
import { type TopicSubscription, topicSubscriptions } from './topic-subscriptions.ts';

/** Messages of topics, as SNS sends them to functions. */
export interface TopicNotifications {
  /** Makes the topics that the framework would make, and subscribes the functions. */
  join(functions: readonly FunctionEvent[]): Promise<RunningSources>;
  published(message: TopicMessage): void;
  /** Those of the functions that run. */
  subscriptions(): readonly FunctionSubscription[];
}

interface Subscriber extends TopicSubscription, FunctionSubscription {
  readonly invoke: InvokeAsync;
}

/** Creates the notifications; the emulator of the topics reports each message that it accepts. */
export function createTopicNotifications(
  aws: AwsClient,
  log: (line: string) => void,
  pausesMs: readonly number[] = PAUSES_MS,
): TopicNotifications {
  const subscribers = new Set<Subscriber>();
  const underWay = new Set<Promise<void>>();

  const subscribersOf = (own: FunctionEvent): readonly Subscriber[] => {
    const invoke = createInvokeAsync(own, { aws, log, pausesMs });
    const endpoint = `arn:aws:lambda:${own.registration.region}:${ACCOUNT_ID}:function:${own.definition.name}`;
    return topicSubscriptions(own).map((subscription) => ({
      ...subscription,
      invoke,
      endpoint,
      arn: subscriptionArn(subscription.topicArn, endpoint),
    }));
  };

  return {
    subscriptions: () => [...subscribers],
    join: async (functions) => {
      const joining = functions.flatMap(subscribersOf);
      const names = new Set(joining.flatMap(({ ownTopic }) => ownTopic ?? []));
      for (const Name of names) await createTopic(aws, Name);
      for (const subscriber of joining) subscribers.add(subscriber);
      return {
        stop: async () => {
          for (const subscriber of joining) subscribers.delete(subscriber);
          await Promise.all(underWay);
        },
      };
    },
    published: (message) => {
      for (const { topicArn, wants, arn, invoke } of subscribers) {
        if (topicArn !== message.topicArn || !wants(message)) continue;
        const sending = invoke(topicEvent(message, arn), `message ${message.messageId} of ${topicArn}`);
        underWay.add(sending);
        void sending.finally(() => underWay.delete(sending));
      }
    },
  };
}

/** The same at each start, in the form of SNS' own. */
function subscriptionArn(topicArn: string, endpoint: string): string {
  const digits = createHash('sha256').update(`${topicArn} ${endpoint}`).digest('hex');
  return `${topicArn}:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')}`;
}

async function createTopic(aws: AwsClient, Name: string): Promise<void> {
  const outcome = await aws.sns('CreateTopic', { Name });
  if (!outcome.ok) throw new Error(`The topic ${Name} could not be created: ${outcome.code}: ${outcome.message}`);
}
