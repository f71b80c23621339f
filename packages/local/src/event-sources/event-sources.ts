import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';
import { createAwsClient } from '../aws-calls/aws-client.ts';
import type { FunctionEvent } from '../invoke/function-event.ts';
import { createInvoke, type Invoke } from '../invoke/lambda-invoke.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { ACCOUNT_ID, resolveValue } from '../registration/template-values.ts';
import { createBucketNotifications } from './bucket-notifications.ts';
import { openCheckpoints } from './kinesis/checkpoints.ts';
import type { SourceClock } from './kinesis/deliver-batch.ts';
import { createKinesisPort } from './kinesis/kinesis-client.ts';
import { type KinesisSource, startKinesisSource } from './kinesis/kinesis-source.ts';
import { createOnFailure } from './kinesis/on-failure.ts';
import { readStreamSettings } from './kinesis/stream-settings.ts';
import { startSchedules } from './schedules.ts';

/** What event sources need. */
export interface EventSourcesDeps {
  readonly kinesisPort: number;
  readonly checkpointFile: string | undefined;
  /** The door. */
  readonly url: () => string;
  readonly log: (line: string) => void;
}

/** The event sources of every service. */
export interface EventSources {
  start(registration: ServiceRegistration): Promise<RunningSources>;
  /** Sees each call of the door: that is how buckets notify, and how streams wake their readers. */
  observe(call: AwsCall, result: AwsCallResult): void;
}

type Json = Readonly<Record<string, unknown>>;

const clock: SourceClock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

/** Lambda's pollers call AWS on their own account; what they write for a function, the door sees as theirs. */
const POLLER = 'lambdapoller';

/** Creates the event sources: streams, schedules and buckets' notifications, by the functions' own `events:`. */
export function createEventSources(deps: EventSourcesDeps): EventSources {
  const checkpointsOf = openCheckpoints(deps.checkpointFile);
  // Straight to kinesalite: nobody is billed for the polling of an event source, and no fault is meant for it.
  const kinesis = createAwsClient(() => `http://127.0.0.1:${deps.kinesisPort}`, POLLER);
  const aws = createAwsClient(deps.url, POLLER);
  const sleepers = new Set<{ readonly streamName: string; readonly wake: () => void }>();
  const notifications = createBucketNotifications(aws, deps.log);

  const startStream = async (event: FunctionEvent, stream: Json): Promise<RunningSources> => {
    const streamArn = String(resolveValue(stream.arn, event.scope));
    const mapping = resolveValue(mappingProperties(event), event.scope) as Json;
    const settings = readStreamSettings(resolveValue(stream, event.scope) as Json, mapping);
    const streamName = streamArn.split('/').at(-1) ?? '';
    const port = createKinesisPort(kinesis, streamName);
    const { name } = event.definition;
    const log = (line: string) => deps.log(`${name}: ${line}`);
    const region = event.registration.region;
    const origin = { streamArn, region, roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}` };
    const functionArn = `arn:aws:lambda:${region}:${ACCOUNT_ID}:function:${name}`;
    const onFailure = createOnFailure({ aws, destination: settings.onFailure, functionArn, now: clock.now, log });
    const source = startKinesisSource({
      kinesis: port,
      invoke: withLoggedFailures(event.invoke, log),
      checkpoints: checkpointsOf(`${name} ${streamArn} ${await port.creation()}`),
      settings,
      origin,
      clock,
      giveUp: (shardId, given) => onFailure({ ...origin, shardId }, given),
      log,
    });
    return wakeOnPuts(source, streamName);
  };

  /** Each put goes through the door: a reader need not ask all the time. */
  const wakeOnPuts = (source: KinesisSource, streamName: string): RunningSources => {
    const sleeper = { streamName, wake: source.wake };
    sleepers.add(sleeper);
    return {
      stop: async () => {
        sleepers.delete(sleeper);
        await source.stop();
      },
    };
  };

  return {
    observe: (call, result) => {
      notifications.observe(call, result);
      if (call.service !== 'kinesis' || !call.action.startsWith('PutRecord')) return;
      for (const { streamName, wake } of sleepers) if (streamName === call.resource) wake();
    },
    start: async (registration) => {
      const events = functionEvents(registration, deps.url());
      const streams = await Promise.all(
        events.flatMap((event) => kinesisStreams(event).map((stream) => startStream(event, stream))),
      );
      const others = [startSchedules(events, { clock, log: deps.log }), notifications.join(registration, events)];
      return {
        stop: async () => {
          await Promise.all([...streams, ...others].map((source) => source.stop()));
        },
      };
    },
  };
}

function withLoggedFailures(invoke: Invoke, log: (line: string) => void): Invoke {
  return async (payload) => {
    const result = await invoke(payload);
    if (result.outcome === 'failed') log(`failed, and will be tried again: ${result.reason}`);
    return result;
  };
}

function functionEvents(registration: ServiceRegistration, awsUrl: string): readonly FunctionEvent[] {
  const scope = { resources: registration.resources, region: registration.region, awsUrl };
  return Object.entries(registration.functions).map(([functionKey, definition]) => {
    const invoke = createInvoke(registration.lambdaUrl, definition.name);
    return { registration, functionKey, definition, invoke, scope };
  });
}

function kinesisStreams({ definition, scope }: FunctionEvent): readonly Json[] {
  return definition.events
    .map(({ stream }) => stream)
    .map((stream) => (typeof stream === 'string' ? { arn: stream } : (stream as Json | undefined)))
    .filter((stream) => stream !== undefined)
    .filter(({ type, arn, enabled }) => {
      const isKinesis = type === 'kinesis' || String(resolveValue(arn, scope)).startsWith('arn:aws:kinesis:');
      return isKinesis && enabled !== false;
    });
}

/** Properties laid over the mapping that the framework generates for a function: its logical id begins with its name. */
function mappingProperties({ registration, functionKey }: FunctionEvent): Json {
  const prefix = `${functionKey.charAt(0).toUpperCase()}${functionKey.slice(1)}EventSourceMappingKinesis`;
  const extension = Object.entries(registration.extensions).find(([logicalId]) => logicalId.startsWith(prefix));
  return extension?.[1].Properties ?? {};
}
