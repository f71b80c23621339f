import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { CallCost } from '@weir/bench/src/cost/counts.ts';
import { createEventRecords } from '@weir/bench/src/decode/event-records.ts';
import { readSecret } from '@weir/local';
import { createCallApi } from '../packaged/call-api.ts';
import { type PackagedStage, STAGE, startPackagedStage } from '../packaged/packaged-stage.ts';
import { startXrayDaemon } from '../packaged/xray-daemon.ts';
import { emittedMetrics } from './emitted-metrics.ts';
import { zoneAtNoon } from './zone-at-noon.ts';

/** Calls by the schedules, and the function's event. */
const SCHEDULED: readonly (readonly [name: string, event: object])[] = [
  ['ingest-stream/sweep', {}],
  ['notifications/clock', {}],
  ['notifications/hangup', {}],
  ['api/erase', { task: 'start-due-pass' }],
  ['reports/daily', {}],
  ['reports/sweep', {}],
  ['reports/audit', { task: 'start-due' }],
];
/** What is written by these starts another function. */
const FOLLOWERS: Readonly<Record<string, string>> = { 'ingest-stream/sweep': 'notifications/evaluate' };
/** The clock writes the time only in some minutes. */
const TIME = { pk: { S: 'clock' }, sk: { S: 'clock' } };
const TIME_WRITTEN = {
  Records: [{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '1', Keys: TIME, NewImage: TIME } }],
};
/** Kinesis takes so many records in a call. */
const RECORDS_OF_CALL = 500;
const QUIET_MS = 2500;
const JSON_BODY = { 'content-type': 'application/json' };

/** How often each kind of call is made. */
export interface CountedRounds {
  readonly requests: number;
  readonly batches: number;
  readonly batchSizes: readonly number[];
  readonly scheduled: number;
}

export interface CountedCalls {
  readonly calls: Record<string, CallCost>;
  readonly idleMetrics: readonly string[];
}

/** Calls the packaged functions of a stage on the local AWS, and counts what each call takes. */
export async function countCalls(rounds: CountedRounds): Promise<CountedCalls> {
  const daemon = await startXrayDaemon();
  const stage = await startPackagedStage({
    AWS_XRAY_DAEMON_ADDRESS: daemon.address,
    WEIR_TIME_ZONE: zoneAtNoon(Date.now()),
  });
  try {
    return { calls: { ...(await countWork(stage, rounds)), ...(await countIdle(stage, rounds)) }, ...metricsOf(stage) };
  } finally {
    await stage.close();
    daemon.close();
  }
}

async function countWork(stage: PackagedStage, rounds: CountedRounds): Promise<Record<string, CallCost>> {
  const call = createCallApi(stage, await readSecret(stage.awsUrl, 'us-east-1', `weir-${STAGE}-bootstrap-key`));
  const costs: Record<string, CallCost> = {};
  const post = async (events: readonly object[]) => {
    const parts = { method: 'POST', path: '/v1/events', headers: JSON_BODY, body: JSON.stringify({ events }) };
    const { status, body } = await call('events', parts);
    if (status !== 202) throw new Error(`the events are not taken: ${status} ${JSON.stringify(body)}`);
  };
  await post(eventsOf(1, 0));
  for (const size of [1, 100]) {
    const { of, around } = watch(stage, ['api/authorize', 'api/events']);
    await around(async () => {
      for (let round = 1; round <= rounds.requests; round++) await post(eventsOf(size, round));
    });
    costs['api/authorize'] = of('api/authorize');
    costs[`api/events: ${size === 1 ? '1 event' : `${size} events`}`] = of('api/events');
  }
  // Admits the actions, and loads the shard.
  await putRecords(stage, 200, 0);
  await quiet(stage);
  for (const size of rounds.batchSizes) {
    const { of, around } = watch(stage, ['ingest-stream/consume', 'notifications/evaluate']);
    await around(async () => {
      for (let round = 0; round < rounds.batches; round++) await putRecords(stage, size, round);
      await quiet(stage);
    });
    costs[`ingest-stream/consume: ${size} records`] = of('ingest-stream/consume');
    costs['notifications/evaluate: an entry'] = of('notifications/evaluate');
  }
  const read = watch(stage, ['api/metrics']);
  const query = { from: String(Date.now() - 86_400_000), to: String(Date.now()), interval: 'hour' };
  const ask = () => call('metrics', { path: '/v1/metrics/action.1', query });
  await ask();
  await read.around(async () => {
    for (let round = 0; round < rounds.requests; round++) await ask();
  });
  return { ...costs, 'api/metrics: a day by the hour': read.of('api/metrics') };
}

async function countIdle(stage: PackagedStage, { scheduled }: CountedRounds): Promise<Record<string, CallCost>> {
  const costs: Record<string, CallCost> = {};
  const tellTime = async () => void (await stage.invoke('notifications/dispatch', TIME_WRITTEN));
  await tellTime();
  const dispatch = watch(stage, ['notifications/dispatch']);
  await dispatch.around(tellTime);
  costs['notifications/dispatch: the time'] = dispatch.of('notifications/dispatch');
  for (const [name, event] of SCHEDULED) {
    const follower = FOLLOWERS[name];
    const watched = follower === undefined ? [name] : [name, follower];
    const call = async () => {
      await stage.invoke(name, event);
      if (follower !== undefined) await quiet(stage);
    };
    // The first one does not count: it is cold, and does what waited.
    await call();
    await quiet(stage);
    const { of, around } = watch(stage, watched);
    await around(async () => {
      for (let round = 0; round < scheduled; round++) await call();
    });
    costs[name] = of(name);
    if (follower !== undefined) costs[`${follower}: a minute`] = of(follower);
  }
  return costs;
}

function metricsOf(stage: PackagedStage): Pick<CountedCalls, 'idleMetrics'> {
  const names = [...SCHEDULED.map(([name]) => name), ...Object.values(FOLLOWERS), 'notifications/dispatch'];
  const printed = names.flatMap((name) => emittedMetrics(stage.instance(name).printed()));
  return { idleMetrics: [...new Set(printed)].sort() };
}

/** Counts the calls of functions while something runs. The AWS door knows a function by its key. */
function watch(stage: PackagedStage, names: readonly string[]) {
  const now = (name: string) => {
    const { used, printed } = stage.instance(name);
    return { ...used(), bytes: Buffer.byteLength(printed()) };
  };
  const before = new Map(names.map((name) => [name, now(name)]));
  stage.resetUsage();
  let callers = stage.usage().callers;
  const around = async (run: () => Promise<void>) => {
    await run();
    callers = stage.usage().callers;
  };
  const of = (name: string): CallCost => {
    const [first, last] = [before.get(name), now(name)];
    if (first === undefined || last.calls === first.calls) throw new Error(`${name} was not called`);
    const each = (total: number) => Math.round((total / (last.calls - first.calls)) * 1000) / 1000;
    const used = Object.entries(callers[name.split('/')[1] ?? ''] ?? {});
    return {
      calls: Object.fromEntries(used.map(([action, { calls }]) => [action, each(calls)])),
      readUnits: each(used.reduce((sum, [, { readUnits }]) => sum + readUnits, 0)),
      writeUnits: each(used.reduce((sum, [, { writeUnits }]) => sum + writeUnits, 0)),
      cpuMs: each(last.cpuMs - first.cpuMs),
      logBytes: each(last.bytes - first.bytes),
    };
  };
  return { around, of };
}

/** Waits until no function has been called for a while by the stream, by a table, or by a state machine. */
async function quiet(stage: PackagedStage): Promise<void> {
  const names = ['ingest-stream/consume', 'reports/audit', ...Object.values(FOLLOWERS)];
  const count = () => names.reduce((sum, name) => sum + stage.instance(name).used().calls, 0);
  for (let seen = -1; seen !== count(); ) {
    seen = count();
    await sleep(QUIET_MS);
  }
}

async function putRecords(stage: PackagedStage, size: number, round: number): Promise<void> {
  const credentials = { accessKeyId: 'producer', secretAccessKey: 'local' };
  const client = new KinesisClient({ endpoint: stage.awsUrl, region: 'us-east-1', credentials });
  const records = createEventRecords({ count: size, start: Date.now(), gapMs: 0, seed: size * 1000 + round + 1 });
  for (let from = 0; from < size; from += RECORDS_OF_CALL) {
    const Records = records
      .slice(from, from + RECORDS_OF_CALL)
      .map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: Buffer.from(data, 'base64') }));
    await client.send(new PutRecordsCommand({ StreamName: `weir-${STAGE}-events`, Records }));
  }
  client.destroy();
  // Longer than the batching window, so that the next records are another batch.
  await sleep(1500);
}

function eventsOf(count: number, seed: number): readonly object[] {
  return createEventRecords({ count, start: Date.now(), gapMs: 0, seed: count * 10_000 + seed }).map(
    ({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()) as object,
  );
}
