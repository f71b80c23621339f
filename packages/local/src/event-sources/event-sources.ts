import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';
import { createAwsClient } from '../aws-calls/aws-client.ts';
import { type FunctionEvent, type FunctionEventDeps, functionEvents } from '../invoke/function-event.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { createBucketNotifications } from './bucket-notifications.ts';
import { kinesisMapping } from './kinesis/kinesis-mapping.ts';
import { type DeclaredMapping, declaredMappings } from './mappings/declared-mappings.ts';
import type { EventSourceMapping } from './mappings/event-source-mapping.ts';
import { type OpenedMapping, openWhenThere } from './mappings/open-when-there.ts';
import { SYSTEM_CLOCK as clock } from './mappings/source-clock.ts';
import { unsupportedEvents } from './mappings/unsupported-events.ts';
import { queueMapping } from './queues/queue-mapping.ts';
import { scheduleNotices } from './schedules/declared-schedules.ts';
import { expectSchedules, startSchedules } from './schedules/schedules.ts';
import { openCheckpoints } from './streams/checkpoints.ts';
import type { StreamMappingDeps } from './streams/stream-mapping.ts';
import { tableMapping } from './table-streams/table-mapping.ts';
import { subscriptionNotices } from './topics/subscription-notices.ts';
import type { FunctionSubscription, TopicMessage } from './topics/topic-message.ts';
import { createTopicNotifications } from './topics/topic-notifications.ts';
import { topicSubscriptions } from './topics/topic-subscriptions.ts';

/** What event sources need. */
export interface EventSourcesDeps {
  readonly kinesisPort: number;
  readonly checkOf: FunctionEventDeps['checkOf'];
  readonly checkpointFile: string | undefined;
  /** The door. */
  readonly url: () => string;
  readonly log: (line: string) => void;
}

/** The event sources of every service. */
export interface EventSources {
  /** Throws what is wrong with a service's `events:`, with the function's name. */
  check(registration: ServiceRegistration): void;
  /** A sentence for each event of the registered services that is not carried out, or not yet. */
  notices(): readonly string[];
  start(registration: ServiceRegistration): Promise<RunningSources>;
  /** Is called for each call of the door: this is how S3 buckets notify, and how streams wake their readers. */
  observe(call: AwsCall, result: AwsCallResult): void;
  /** Is called for each message that a topic accepts. */
  published(message: TopicMessage): void;
  /** The functions' subscriptions to topics. */
  subscriptions(): readonly FunctionSubscription[];
}

/** Lambda's pollers call AWS in their own name; calls that they make for a function reach the door under this one. */
const POLLER = 'lambdapoller';

interface Sleeper {
  readonly functionName: string;
  readonly mapping: EventSourceMapping;
  readonly source: OpenedMapping;
}

/** Creates the event sources: streams, queues, schedules and buckets' notifications, by the functions' own `events:`. */
export function createEventSources(deps: EventSourcesDeps): EventSources {
  // Straight to kinesalite: the polling of an event source is billed to nobody, and no fault is meant for it.
  const kinesis = createAwsClient(() => `http://127.0.0.1:${deps.kinesisPort}`, POLLER);
  const aws = createAwsClient(deps.url, POLLER);
  const shared: StreamMappingDeps = {
    aws,
    checkpointsOf: openCheckpoints(deps.checkpointFile),
    clock,
    log: deps.log,
  };
  const sleepers = new Set<Sleeper>();
  const notices = new Map<string, readonly string[]>();
  const notifications = createBucketNotifications(aws, deps.log);
  const topics = createTopicNotifications(aws, deps.log);

  const readers: Readonly<Record<DeclaredMapping['kind'], (declared: DeclaredMapping) => EventSourceMapping>> = {
    kinesis: (declared) => kinesisMapping(declared, kinesis, shared),
    table: (declared) => tableMapping(declared, shared),
    queue: (declared) => queueMapping(declared, shared),
  };
  const mappingsOf = (event: FunctionEvent): readonly EventSourceMapping[] =>
    named(event, () => declaredMappings(event).map((declared) => readers[declared.kind](declared)));

  const start = async (event: FunctionEvent, mapping: EventSourceMapping): Promise<RunningSources> => {
    const functionName = event.definition.name;
    const source = await openWhenThere(mapping, { clock, log: (line) => deps.log(`${functionName}: ${line}`) });
    const sleeper = { functionName, mapping, source };
    sleepers.add(sleeper);
    return {
      stop: async () => {
        sleepers.delete(sleeper);
        await source.stop();
      },
    };
  };

  return {
    check: (registration) => {
      const events = functionEvents(registration, { awsUrl: deps.url(), checkOf: deps.checkOf });
      for (const event of events) {
        mappingsOf(event);
        named(event, () => topicSubscriptions(event));
        named(event, () => expectSchedules([event]));
      }
      const found = [...events.flatMap(unsupportedEvents), ...scheduleNotices(events), ...subscriptionNotices(events)];
      for (const notice of found) deps.log(notice);
      notices.set(registration.name, found);
    },
    notices: () => [...notices.values(), ...[...sleepers].map(waitingOf)].flat(),
    observe: (call, result) => {
      notifications.observe(call, result);
      for (const { mapping, source } of sleepers) if (mapping.isWokenBy(call)) source.wake();
    },
    published: topics.published,
    subscriptions: topics.subscriptions,
    start: async (registration) => {
      const events = functionEvents(registration, { awsUrl: deps.url(), checkOf: deps.checkOf });
      const mapped = await Promise.all(
        events.flatMap((event) => mappingsOf(event).map((mapping) => start(event, mapping))),
      );
      const others = [
        startSchedules(events, { aws, clock, checkOf: deps.checkOf, log: deps.log }),
        notifications.join(registration, events),
        await topics.join(events),
      ];
      return {
        stop: async () => {
          await Promise.all([...mapped, ...others].map((source) => source.stop()));
        },
      };
    },
  };
}

function waitingOf({ functionName, source }: Sleeper): readonly string[] {
  const sentence = source.waitsFor();
  return sentence === undefined ? [] : [`${functionName}: ${sentence}`];
}

/** Puts the function's name before the problem of its events. */
function named<T>({ definition }: FunctionEvent, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${definition.name}: ${(error as Error).message}`, { cause: error });
  }
}
