import type { FoldLimits } from '@weir/ingest-stream/src/fold/fold-due.ts';
import type { LocalStage } from './local-stage.ts';
import { type LogWayRun, runLogWay } from './run-log-way.ts';

/** One run: a flow, and its cost. */
export interface WriteMeasure extends LogWayRun {
  readonly eventsPerSecond: number;
  readonly actions: number;
  readonly windowSeconds: number;
}

/** Long enough for two folds by age at the slow rates and several by size at the fast one. */
const SECONDS_AT_RATE: Readonly<Record<number, number>> = { 10: 600, 100: 600, 1000: 180 };

const EVERY_FLOW = { actions: [20, 200], rates: [10, 100, 1000], windows: [1, 5, 10] };
const QUICK_FLOWS: typeof EVERY_FLOW = { actions: [20], rates: [10, 100], windows: [5] };

/** Runs every flow through the real consumer. */
export async function measureWrites(stage: LocalStage, { quick }: { quick: boolean }): Promise<WriteMeasure[]> {
  const measures: WriteMeasure[] = [];
  for (const flow of flowsOf(quick ? QUICK_FLOWS : EVERY_FLOW)) {
    const seconds = SECONDS_AT_RATE[flow.eventsPerSecond] ?? 600;
    measures.push({ ...flow, ...(await runLogWay(stage, { ...flow, seconds })) });
  }
  return measures;
}

function flowsOf({ actions, rates, windows }: typeof EVERY_FLOW) {
  return actions.flatMap((action) =>
    rates.flatMap((eventsPerSecond) =>
      windows.map((windowSeconds) => ({ actions: action, eventsPerSecond, windowSeconds })),
    ),
  );
}

/** A flow with users' activity, or without. */
export interface ActivityMeasure extends WriteMeasure {
  readonly userActivity: boolean;
}

/** Long enough for several folds, also with the latest limits. */
const ACTIVITY_FLOWS = [
  { eventsPerSecond: 100, seconds: 1800 },
  { eventsPerSecond: 1000, seconds: 900 },
];
const QUICK_ACTIVITY_FLOWS = [{ eventsPerSecond: 100, seconds: 600 }];

/** Runs the same flows without and with users' activity: 20 actions, 5,000 users, a batch each second. */
export async function measureActivity(stage: LocalStage, { quick }: { quick: boolean }): Promise<ActivityMeasure[]> {
  const measures: ActivityMeasure[] = [];
  for (const wanted of quick ? QUICK_ACTIVITY_FLOWS : ACTIVITY_FLOWS) {
    for (const userActivity of [false, true]) {
      const flow = { ...wanted, actions: 20, windowSeconds: quick ? 5 : 1 };
      measures.push({ ...flow, userActivity, ...(await runLogWay(stage, flow, { userActivity })) });
    }
  }
  return measures;
}

/** A setting of the fold's limits, and its cost at one flow. */
export interface FoldMeasure extends WriteMeasure {
  readonly limits: FoldLimits;
}

const KB = 1024;
const SETTINGS: readonly (readonly [number, number])[] = [
  [64 * KB, 2 * KB],
  [128 * KB, 4 * KB],
  [256 * KB, 8 * KB],
  [512 * KB, 16 * KB],
  [1024 * KB, 32 * KB],
];

/** Runs the same flows with other settings: with fewer writes, a cold reader reads more. */
export async function measureFoldLimits(stage: LocalStage): Promise<FoldMeasure[]> {
  const measures: FoldMeasure[] = [];
  for (const [eventsPerSecond, actions] of [
    [100, 20],
    [1000, 20],
    [1000, 200],
  ] as const) {
    for (const [bytes, bytesPerHourRow] of SETTINGS) {
      const limits = { bytes, bytesPerHourRow, bytesPerUserRow: 1024, mostBytes: 4096 * KB, ageMs: 300_000 };
      const flow = { eventsPerSecond, actions, windowSeconds: 5, seconds: eventsPerSecond === 100 ? 900 : 180 };
      measures.push({ ...flow, limits, ...(await runLogWay(stage, flow, { foldLimits: limits })) });
    }
  }
  return measures;
}
