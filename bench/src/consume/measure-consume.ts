import type { StreamRecord } from '@weir/events';
import { createEventRecords } from '../decode/event-records.ts';
import { measureByTurns, type Way, type WayFigures } from '../measure/by-turns.ts';
import { cpuMsOf } from '../measure/cpu.ts';
import { type ConsumePath, openConsumePath, parseEach } from './consume-path.ts';

const START = 1_764_000_000_000;
const ACTIONS = 20;

export interface ConsumeOptions {
  readonly records?: number;
  /** The records of one batch. */
  readonly batch?: number;
  /** Ids in the window at the start: an hour at 100 events a second. */
  readonly heldIds?: number;
  readonly rounds?: number;
  readonly warmUp?: number;
}

/** CPU of the consumer's whole path without the network, compared with base64 and `JSON.parse` of each record. */
export async function measureConsume(options: ConsumeOptions = {}): Promise<WayFigures[]> {
  const { records: count = 10_000, batch = count, heldIds = 360_000, rounds = 40, warmUp = 15 } = options;
  const records = createEventRecords({ count, actions: ACTIONS, start: START });
  const batches = Array.from({ length: Math.ceil(count / batch) }, (_, i) => records.slice(i * batch, (i + 1) * batch));
  const actions = Array.from({ length: ACTIONS }, (_, i) => `action.${i}`);
  const path = await openConsumePath({ actions, heldIds, now: START });
  return measureByTurns(waysOf(path, batches), { rounds, warmUp });
}

type Plans = ReturnType<ConsumePath['plan']>;

function waysOf(path: ConsumePath, batches: readonly StreamRecord[][]): Way[] {
  const eachBatch = (name: string, work: (batch: StreamRecord[]) => void): Way => ({
    name,
    run: () => batches.reduce((ms, batch) => ms + cpuMsOf(() => work(batch)), 0),
  });
  const counting = (name: string, more: (plans: Plans) => unknown): Way => ({
    name,
    run: () => batches.reduce((ms, batch) => ms + countingMs(path, batch, more), 0),
  });
  return [
    eachBatch('base64 and JSON.parse of each record', (batch) => expectAll(parseEach(batch).length, batch)),
    eachBatch('decode and check', (batch) => expectAll(path.decode(batch).length, batch)),
    counting('… + duplicates, fold with sketches', () => {}),
    counting('… + log entry encoded', (plans) => path.encode(plans)),
    counting('… + archive bytes (lines, zstd, sha256)', (plans) => path.encode(plans) + path.pack(plans)),
  ];
}

/** The ids are then removed, so that the next round counts them again. The time does not include this. */
function countingMs(path: ConsumePath, batch: readonly StreamRecord[], more: (plans: Plans) => unknown): number {
  let plans: Plans = [];
  const ms = cpuMsOf(() => {
    plans = path.plan(path.decode(batch));
    more(plans);
  });
  expectAll(
    plans.reduce((sum, { content }) => sum + content.outcomes.counted, 0),
    batch,
  );
  path.forget(plans);
  return ms;
}

function expectAll(found: number, { length }: readonly StreamRecord[]): void {
  if (found !== length) throw new Error(`${found} of ${length} records came through`);
}

if (import.meta.main) console.table(await measureConsume({ batch: Number(process.argv[2]) || 10_000 }));
