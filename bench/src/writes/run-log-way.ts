import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { Consumer } from '@weir/ingest-stream/src/consume/consume-batch.ts';
import { createEventHashes } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import type { StreamShard } from '@weir/ingest-stream/src/consume/stream-topology.ts';
import type { FoldLimits } from '@weir/ingest-stream/src/fold/fold-due.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { type Meter, silentLog } from '@weir/logging';
import { createFlow, type Flow } from './event-flow.ts';
import type { LocalStage } from './local-stage.ts';
import type { Units } from './units.ts';

const SHARD_ID = 'shardId-000000000000';
const SHARD: StreamShard = {
  shardId: SHARD_ID,
  logId: '1.0',
  parents: [],
  hashRange: { start: '0', end: `${2n ** 128n - 1n}` },
};
const CONFIG = { windowSeconds: 3600, entryTtlSeconds: 9 * 86_400, foldBudgetMs: 60_000 };
/**
 * This flow runs first and is not measured, so that rows are as large as in mid-hour; the sweep then folds all of it.
 */
const WARM_UP = { seconds: 1200, windowSeconds: 60, eventsPerSecond: 30 };
/** After this time without a batch, the sweep folds the rest. */
const QUIET_MS = 600_000;

/** The options of a run, in addition to the flow. */
export interface LogWayOptions {
  readonly foldLimits?: FoldLimits;
  readonly userActivity?: boolean;
}

/** The cost of a run of the real consumer. */
export interface LogWayRun {
  readonly events: number;
  readonly batches: number;
  readonly folds: number;
  /** The largest unfolded log: a cold reader must read at most this of the shard. */
  readonly tailBytes: number;
  readonly units: Units;
}

/** Runs the consumer and the sweep against the local AWS, on a clock that jumps from batch to batch. */
export async function runLogWay(
  stage: LocalStage,
  flow: Omit<Flow, 'start'>,
  { foldLimits, userActivity = false }: LogWayOptions = {},
): Promise<LogWayRun> {
  const { store, objects } = await stage.open();
  const clock = { now: Date.UTC(2026, 0, 15, 10) };
  const tally = newTally();
  const deps = { store, objects, now: () => clock.now, log: silentLog, meter: meterInto(tally) };
  const topology = { locate: async () => SHARD, shardOf: async () => SHARD };
  const actions = createAdmittedActions({ slots: store, maxActions: 1000 });
  const hashes = createEventHashes({ secrets: store, newSecret: () => 'secret' });
  const consumer = new Consumer(
    { ...deps, topology, actions, hashes },
    { ...CONFIG, userActivity, ...(foldLimits && { foldLimits }) },
  );
  const sweeper = new Sweeper(deps);
  const run = async (wanted: Flow) => {
    const sent = await send(consumer, clock, wanted);
    clock.now += QUIET_MS;
    await sweeper.sweep(Number.POSITIVE_INFINITY);
    return sent;
  };
  const rate = Math.min(flow.eventsPerSecond, WARM_UP.eventsPerSecond);
  await run({ ...flow, ...WARM_UP, eventsPerSecond: rate, start: clock.now });
  await stage.take();
  Object.assign(tally, newTally());

  const sent = await run({ ...flow, start: clock.now });
  const units = await stage.take();
  if (tally.counted !== sent.events) throw new Error(`${tally.counted} of ${sent.events} events were counted`);
  return { ...sent, folds: tally.folds, tailBytes: tally.mostWaiting, units };
}

function newTally() {
  return { counted: 0, folds: 0, waiting: 0, mostWaiting: 0 };
}

/** The results, from the consumer's own metrics. */
function meterInto(tally: ReturnType<typeof newTally>): Meter {
  return {
    count: (name, value = 1) => {
      if (name === 'CountedEvents') tally.counted += value;
      if (name !== 'RowsFolded') return;
      tally.folds++;
      tally.waiting = 0;
    },
    observe: (name, _unit, value) => {
      if (name !== 'EntryBytes') return;
      tally.waiting += value;
      tally.mostWaiting = Math.max(tally.mostWaiting, tally.waiting);
    },
  };
}

async function send(consumer: Consumer, clock: { now: number }, flow: Flow) {
  let events = 0;
  let batches = 0;
  for (const { at, records } of createFlow(flow)) {
    clock.now = at;
    const result = await consumer.consume({ shardId: SHARD_ID, records });
    if (result.kind === 'failed') throw result.error;
    events += records.length;
    batches++;
  }
  return { events, batches };
}
