import { createDynamoMetricsStore, type MetricsReader, type SeriesQuery } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { type LocalTables, openLocalTables } from '@weir/local/tables';
import { cpuMsOfAsync, median } from '../measure/cpu.ts';
import { ACTION, DAY, type Filled, fillDay, fillMonth } from './fill-table.ts';
import { type KeptAnswers, keepAnswers } from './kept-answers.ts';

const TAIL_BYTES = 250 * 1024;
const MONTH = { action: ACTION, from: Date.UTC(2026, 0, 1, 5), to: Date.UTC(2026, 1, 1, 5) } as const;

/** A query, and the number of its buckets. */
interface Question {
  readonly what: string;
  readonly query: SeriesQuery;
  readonly buckets: number;
}

const DAY_OF_MINUTES: Question = {
  what: 'a day of minutes',
  query: { action: ACTION, from: DAY, to: DAY + 86_400_000, interval: 'minute' },
  buckets: 1440,
};
const ofMonth = (interval: 'hour' | 'day' | 'month', buckets: number): Question => ({
  what: interval === 'month' ? 'a month' : `its ${interval}s`,
  query: { ...MONTH, interval, timeZone: 'America/New_York' },
  buckets,
});
/** The month of New York: as one bucket, by day, and by hour. */
const MONTH_QUESTIONS = [ofMonth('month', 1), ofMonth('day', 31), ofMonth('hour', 744)];

/** A reader's first query, its second, and one after each log has grown by an entry. */
const PHASES = ['cold', 'warm', 'warm, a new entry in each log'] as const;
type Phase = (typeof PHASES)[number];

/** The cost of one query. */
export interface ReadMeasure {
  readonly what: string;
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
  return measureAll(
    (quick ? [1] : [1, 8, 16]).map((shards) => ({ shards, fill: fillDay, questions: [DAY_OF_MINUTES] })),
  );
}

/** Reads a month of one action in the same way. */
export function measureMonth({ quick }: { quick: boolean }): Promise<ReadMeasure[]> {
  const questions = quick ? MONTH_QUESTIONS.slice(0, 1) : MONTH_QUESTIONS;
  const fill: typeof fillDay = (store, options) => fillMonth(store, { ...options, everyHour: !quick });
  return measureAll([{ shards: 16, fill, questions, rounds: quick ? 1 : 15 }]);
}

interface Filling {
  readonly rounds?: number;
  readonly shards: number;
  readonly fill: typeof fillDay;
  readonly questions: readonly Question[];
}

async function measureAll(fillings: readonly Filling[]): Promise<ReadMeasure[]> {
  const tables = openLocalTables();
  try {
    const measures: ReadMeasure[] = [];
    const { client } = await tables.create();
    const answers = keepAnswers(client);
    for (const filling of fillings) measures.push(...(await measureFilling({ tables, answers }, filling)));
    return measures;
  } finally {
    await tables.close();
  }
}

interface Wire {
  readonly tables: LocalTables;
  readonly answers: KeptAnswers;
}

async function measureFilling({ tables, answers }: Wire, { shards, fill, questions, rounds = 15 }: Filling) {
  const store = createDynamoMetricsStore(await tables.create());
  const filled = await fill(store, { shards, tailBytes: TAIL_BYTES });
  const measures: ReadMeasure[] = [];
  for (const question of questions) {
    const asking = { question, open: () => createMetricsReader({ store, now: () => DAY }) };
    const wire = await measureWire({ tables, answers }, asking, filled);
    const cpu = await measureReplay(asking, answers, rounds);
    for (const [at, phase] of PHASES.entries()) {
      const { what } = question;
      measures.push({ what, shards, phase, ...(wire[at] as WireMeasure), cpuMs: cpu[at] ?? Number.NaN });
    }
  }
  return measures;
}

interface Asking {
  readonly question: Question;
  readonly open: () => MetricsReader;
}

type WireMeasure = Omit<ReadMeasure, 'what' | 'shards' | 'phase' | 'cpuMs'>;

async function measureWire({ tables, answers }: Wire, asking: Asking, filled: Filled): Promise<WireMeasure[]> {
  const aws = await tables.aws();
  const reader = asking.open();
  const measures: WireMeasure[] = [];
  for (const phase of PHASES) {
    if (phase === PHASES[2]) await filled.append();
    answers.phase = `${asking.question.what}, ${phase}`;
    aws.resetUsage();
    const before = performance.now();
    await ask(reader, asking.question);
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

async function measureReplay({ question, open }: Asking, answers: KeptAnswers, rounds: number): Promise<number[]> {
  answers.replay = true;
  const figures: number[][] = PHASES.map(() => []);
  for (let round = -Math.min(5, rounds); round < rounds; round++) {
    const reader = open();
    for (const [at, phase] of PHASES.entries()) {
      answers.phase = `${question.what}, ${phase}`;
      const ms = await cpuMsOfAsync(() => ask(reader, question));
      if (round >= 0) figures[at]?.push(ms);
    }
  }
  answers.replay = false;
  answers.phase = '';
  return figures.map(median);
}

async function ask(reader: MetricsReader, { query, buckets: expected }: Question): Promise<void> {
  const { buckets } = await reader.readSeries(query);
  if (buckets.length !== expected) throw new Error(`${buckets.length} buckets of ${expected}`);
}
