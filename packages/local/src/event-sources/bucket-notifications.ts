import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { FunctionEvent } from '../invoke/function-event.ts';
import { createInvokeAsync, type InvokeAsync, PAUSES_MS } from '../invoke/invoke-async.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { objectEvent } from './bucket-event.ts';
import { type BucketSubscription, bucketSubscriptions } from './bucket-subscriptions.ts';

/** Notifications of buckets, as S3 sends them to functions. */
export interface BucketNotifications {
  join(registration: ServiceRegistration, events: readonly FunctionEvent[]): RunningSources;
  observe(call: AwsCall, result: AwsCallResult): void;
}

/** The S3 calls that change an object, and the event that each makes. */
const EVENTS: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  PostObject: 'ObjectCreated:Post',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  DeleteObject: 'ObjectRemoved:Delete',
};

interface Subscription extends BucketSubscription {
  readonly invoke: InvokeAsync;
}

/** Creates the notifications; the door reports each call, and `aws` reads the object that it made. */
export function createBucketNotifications(
  aws: AwsClient,
  log: (line: string) => void,
  pausesMs: readonly number[] = PAUSES_MS,
): BucketNotifications {
  const subscriptions = new Set<Subscription>();
  const underWay = new Set<Promise<void>>();

  const notify = async ({ bucket, invoke, ...subscription }: Subscription, name: string, key: string) => {
    const { region } = subscription.function.registration;
    await invoke(await objectEvent(aws, { name, key, bucket, region }), `${name} of ${bucket}/${key}`);
  };

  const invokersOf = (functions: readonly FunctionEvent[]) =>
    new Map(functions.map((own) => [own, createInvokeAsync(own, { aws, log, pausesMs })]));

  return {
    join: (registration, functions) => {
      const invokers = invokersOf(functions);
      const own = bucketSubscriptions(registration, functions).flatMap((subscription) => {
        const invoke = invokers.get(subscription.function);
        return invoke ? [{ ...subscription, invoke }] : [];
      });
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
        if (!wants(subscription, { bucket, key, name })) continue;
        const sending = notify(subscription, name, key);
        underWay.add(sending);
        void sending.finally(() => underWay.delete(sending));
      }
    },
  };
}

/** An object of an S3 bucket, and the event that a call made of it. */
interface Change {
  readonly bucket: string;
  readonly key: string;
  readonly name: string;
}

function wants(subscription: Subscription, { bucket, key, name }: Change): boolean {
  const { prefix, suffix, events } = subscription;
  if (subscription.bucket !== bucket || !key.startsWith(prefix) || !key.endsWith(suffix)) return false;
  return events.some((event) => `s3:${name}`.startsWith(event.replace(/\*$/, '')));
}
