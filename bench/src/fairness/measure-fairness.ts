import { median } from '../measure/cpu.ts';
import { type Asker, createAsker, isDone, type ShownJob } from '../running-weir/questions.ts';
import { type RunningWeir, startWeir } from '../running-weir/running-weir.ts';

const DAY_MS = 86_400_000;
const TEN_YEARS = 3650;
/** Two run, and ten wait. */
const JOBS_OF_A_KEY = 12;
/** The first rounds start workers, and are not counted. */
const WARM_UP = 2;

export interface FairnessOptions {
  readonly rounds: number;
  /** Every write of a worker to S3 takes so much longer: it waits, and needs no CPU. 0 changes nothing. */
  readonly waitMs: number;
}

/** Seconds of one key's report of a day, of each round. */
export interface FairnessMeasure {
  readonly alone: readonly number[];
  /** While another key's twelve reports of ten years run. */
  readonly beside: readonly number[];
  /** The median beside, compared with the median alone. */
  readonly ratio: number;
}

/** Asks for a day's summary, alone and beside another key that has queued ten years, in a Weir of its own. */
export async function measureFairness({ rounds, waitMs }: FairnessOptions): Promise<FairnessMeasure> {
  const weir = await startWeir();
  try {
    const match = { service: 's3', action: 'PutObject', caller: 'weirreportswork' };
    if (waitMs > 0) await weir.addFaults({ match, kind: 'delay', delayMs: waitMs });
    const days = await createAsker(weir, 'one day');
    await timesOf(days, WARM_UP);
    const alone = await timesOf(days, rounds);
    const beside = await besideYears(weir, () => timesOf(days, rounds));
    return { alone, beside, ratio: median(beside) / median(alone) };
  } finally {
    await weir.close();
  }
}

async function besideYears<T>(weir: RunningWeir, work: () => Promise<T>): Promise<T> {
  const years = await createAsker(weir, 'ten years');
  const jobs: ShownJob[] = [];
  for (let at = 0; at < JOBS_OF_A_KEY; at++) jobs.push(await years.ask(summaryOf(TEN_YEARS)));
  // Both jobs that may run do so: all of their sixteen parts are out.
  for (const { id } of jobs.slice(0, 2)) await years.until(id, ({ parts }) => parts.done > 0);
  const result = await work();
  for (const { id } of jobs) {
    const { status } = await years.until(id, () => true);
    if (status !== 'running' && status !== 'queued') throw new Error('the ten years ended too early');
  }
  return result;
}

async function timesOf(asker: Asker, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const { id } = await asker.ask(summaryOf(1));
    await asker.until(id, isDone);
    times.push((performance.now() - began) / 1000);
  }
  return times;
}

/** Of whole days up to yesterday. Nothing was counted in them: it is the queue that is measured. */
function summaryOf(days: number) {
  const to = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return { kind: 'summary', from: to - days * DAY_MS, to, timeZone: 'UTC', actions: ['visit'] };
}
