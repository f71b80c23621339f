import { createDynamoMetricsStore, type MetricsReader } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { type LocalTables, openLocalTables } from '@weir/local/tables';
import { cpuMsOfAsync, median } from '../measure/cpu.ts';
import { ACTION, DAY, type FilledDay, fillDay } from './fill-day.ts';
import { type KeptAnswers, keepAnswers } from './kept-answers.ts';

const TAIL_BYTES = 250 * 1024;
const QUERY = { action: ACTION, from: DAY, to: DAY + 86_400_000, interval: 'minute' } as const;
/** A reader's first query, its second, and one after each log has grown by an entry. */
const PHASES = ['cold', 'warm', 'warm, a new entry in each log'] as const;
type Phase = (typeof PHASES)[number];

/** The cost of one query. */
export interface ReadMeasure {
  readonly shards: number;
  readonly phase: Phase;
  readonly requests: number;
  readonly readUnits: number;
  /** On the wire, as JSON. */
  readonly responseBytes: number;
  /** Time with the local emulator behind it. */
  readonly ms: number;
  /** CPU with the answers in memory. */
  readonly cpuMs: number;
}

/** Reads a day of minutes of one action through the AWS door, and again from kept answers. */
export async function measureReads({ quick }: { quick: boolean }): Promise<ReadMeasure[]> {
  const tables = openLocalTables();
  try {
    const measures: ReadMeasure[] = [];
    const { client } = await tables.create();
    const answers = keepAnswers(client);
    for (const shards of quick ? [1] : [1, 8, 16]) measures.push(...(await measureShards({ tables, answers }, shards)));
    return measures;
  } finally {
    await tables.close();
  }
}

interface Wire {
  readonly tables: LocalTables;
  readonly answers: KeptAnswers;
}

async function measureShards({ tables, answers }: Wire, shards: number): Promise<ReadMeasure[]> {
  const access = await tables.create();
  const store = createDynamoMetricsStore(access);
  const filled = await fillDay(store, { shards, tailBytes: TAIL_BYTES });
  const open = () => createMetricsReader({ store, now: () => DAY });
  const wire = await measureWire({ tables, answers }, open, filled);
  const cpu = await measureReplay(open, answers);
  return PHASES.map((phase, at) => ({ shards, phase, ...wire[at], cpuMs: cpu[at] ?? Number.NaN }) as ReadMeasure);
}

async function measureWire({ tables, answers }: Wire, open: () => MetricsReader, filled: FilledDay) {
  const aws = await tables.aws();
  const reader = open();
  const measures: Omit<ReadMeasure, 'shards' | 'phase' | 'cpuMs'>[] = [];
  for (const phase of PHASES) {
    if (phase === PHASES[2]) await filled.append();
    answers.phase = phase;
    aws.resetUsage();
    const before = performance.now();
    await expectDay(reader);
    const ms = performance.now() - before;
    const calls = Object.values(aws.usage().actions);
    const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0);
    measures.push({
      requests: sum((call) => call.calls),
      readUnits: sum((call) => call.readUnits),
      responseBytes: sum((call) => call.responseBytes),
      ms,
    });
    answers.phase = '';
  }
  return measures;
}

async function measureReplay(open: () => MetricsReader, answers: KeptAnswers, rounds = 15): Promise<number[]> {
  answers.replay = true;
  const figures: number[][] = PHASES.map(() => []);
  for (let round = -5; round < rounds; round++) {
    const reader = open();
    for (const [at, phase] of PHASES.entries()) {
      answers.phase = phase;
      const ms = await cpuMsOfAsync(() => expectDay(reader));
      if (round >= 0) figures[at]?.push(ms);
    }
  }
  answers.replay = false;
  answers.phase = '';
  return figures.map(median);
}

async function expectDay(reader: MetricsReader): Promise<void> {
  const { buckets } = await reader.readSeries(QUERY);
  if (buckets.length !== 1440) throw new Error(`${buckets.length} minutes of 1440`);
}
