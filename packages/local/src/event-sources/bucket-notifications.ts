import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsCall, AwsCallResult } from '../door/aws-call.ts';
import type { AwsClient } from '../resources/aws-client.ts';
import { resolveValue } from '../resources/template-values.ts';
import type { ServiceRegistration } from '../service-registration.ts';
import type { RunningSources } from '../service-registry.ts';
import { objectEvent } from './bucket-event.ts';
import type { FunctionEvent } from './function-event.ts';
import type { Invoke } from './lambda-invoke.ts';

/** Notifications of buckets, as S3 sends them to functions. */
export interface BucketNotifications {
  join(registration: ServiceRegistration, events: readonly FunctionEvent[]): RunningSources;
  observe(call: AwsCall, result: AwsCallResult): void;
}

/** One function that wants to know of one bucket's changes. */
interface Subscription {
  readonly bucket: string;
  /** `s3:ObjectCreated:*` and the like. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  readonly invoke: Invoke;
  readonly region: string;
  readonly functionName: string;
}

/** The S3 calls that change an object, and the event that each makes. */
const EVENTS: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  PostObject: 'ObjectCreated:Post',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  DeleteObject: 'ObjectRemoved:Delete',
};

/** Lambda tries an asynchronous invocation three times; the pauses are shorter here than its minutes. */
const PAUSES_MS = [0, 1000, 5000];

type Json = Readonly<Record<string, unknown>>;

/** Creates the notifications; the door tells of each call, and `aws` looks at the object it made. */
export function createBucketNotifications(aws: AwsClient, log: (line: string) => void): BucketNotifications {
  const subscriptions = new Set<Subscription>();
  const underWay = new Set<Promise<void>>();

  const notify = async (subscription: Subscription, name: string, key: string) => {
    const event = await objectEvent(aws, { name, key, bucket: subscription.bucket, region: subscription.region });
    for (const pause of PAUSES_MS) {
      await sleep(pause);
      const { outcome } = await subscription.invoke(event);
      if (outcome === 'returned') return;
    }
    log(`${subscription.functionName}: gave up the notification of ${name} for ${subscription.bucket}/${key}`);
  };

  return {
    join: (registration, events) => {
      const own = events.flatMap((event) => subscriptionsOf(event, registration));
      for (const subscription of own) subscriptions.add(subscription);
      return {
        stop: async () => {
          for (const subscription of own) subscriptions.delete(subscription);
          await Promise.all(underWay);
        },
      };
    },
    observe: ({ service, action, resource }, { status }) => {
      const name = EVENTS[action];
      if (service !== 's3' || name === undefined || resource === undefined || (status ?? 500) >= 300) return;
      const slash = resource.indexOf('/');
      const [bucket, key] = [resource.slice(0, slash), resource.slice(slash + 1)];
      for (const subscription of subscriptions) {
        if (!wants(subscription, bucket, key, name)) continue;
        const sending = notify(subscription, name, key);
        underWay.add(sending);
        void sending.finally(() => underWay.delete(sending));
      }
    },
  };
}

function wants(subscription: Subscription, bucket: string, key: string, name: string): boolean {
  const { prefix, suffix, events } = subscription;
  if (subscription.bucket !== bucket || !key.startsWith(prefix) || !key.endsWith(suffix)) return false;
  return events.some((event) => `s3:${name}`.startsWith(event.replace(/\*$/, '')));
}

/** From the function's own `s3:` events; the framework makes the bucket's notification configuration of them. */
function subscriptionsOf(
  { definition, invoke, scope }: FunctionEvent,
  { region }: ServiceRegistration,
): Subscription[] {
  return definition.events
    .map(({ s3 }) => s3)
    .filter((s3) => s3 !== undefined)
    .map((s3) => (typeof s3 === 'string' ? { bucket: s3 } : (s3 as Json)))
    .map(({ bucket, event = 's3:ObjectCreated:*', rules = [] }: Json) => ({
      bucket: String(resolveValue(bucket, scope)),
      events: [event].flat().map(String),
      ...filterOf(rules as readonly Json[]),
      invoke,
      region,
      functionName: definition.name,
    }));
}

function filterOf(rules: readonly Json[]): { prefix: string; suffix: string } {
  const value = (name: string) => String(rules.find((rule) => rule[name] !== undefined)?.[name] ?? '');
  return { prefix: value('prefix'), suffix: value('suffix') };
}
