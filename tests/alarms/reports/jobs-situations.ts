import type { Situation } from '../situation.ts';
import type { ReportsWorld } from './reports-world.ts';

type ReportsSituation = Situation<ReportsWorld>;
type Trouble = NonNullable<ReportsSituation['trouble']>;

const HOUR = 60;
const often = ({ jobs }: ReportsWorld) => {
  jobs.minutesBetweenJobs = 5;
};

const normalOperation: readonly ReportsSituation[] = [
  { name: 'jobs come and end', begin: often, raises: {} },
  {
    name: 'a part fails, and its retry succeeds',
    begin: () => undefined,
    trouble: ({ jobs }, isOn) => {
      jobs.arePartsFailing = isOn;
      if (isOn) jobs.post();
    },
    troubleMinutes: 1,
    raises: {},
  },
];

interface SweepFailure {
  readonly name: string;
  readonly trouble: Trouble;
  readonly also?: ReportsSituation['raises'];
}

const sweepFailures: readonly SweepFailure[] = [
  {
    name: 'calls of the function sweep are throttled',
    trouble: ({ jobs }, isOn) => {
      jobs.sweep.isThrottled = isOn;
    },
  },
  {
    name: 'sweeps over the jobs time out',
    also: { JobCallsSlowAlarm: 30 },
    trouble: ({ jobs }, isOn) => {
      jobs.sweep.hangs = isOn;
    },
  },
  {
    name: 'sweeps over the jobs crash',
    trouble: ({ jobs }, isOn) => {
      jobs.sweep.crashes = isOn;
    },
  },
  {
    name: 'the rule of the sweeps over the jobs is disabled',
    trouble: ({ jobs }, isOn) => {
      jobs.isSweepScheduled = !isOn;
    },
  },
];

const coordinateFailures: readonly { readonly name: string; readonly trouble: Trouble }[] = [
  {
    name: 'calls of the function coordinate are throttled',
    trouble: ({ jobs }, isOn) => {
      jobs.coordinate.isThrottled = isOn;
    },
  },
];

/** The situations of the jobs. */
export const jobsSituations: readonly ReportsSituation[] = [
  ...normalOperation,
  {
    name: 'a part fails in all attempts',
    begin: () => undefined,
    trouble: ({ jobs }, isOn) => {
      jobs.arePartsFailing = isOn;
      if (isOn) jobs.post();
      else jobs.redrive();
    },
    raises: { JobsFailingAlarm: 75, PartsDeadLettersAlarm: 15 },
    clearsWithin: 2 * HOUR + 15,
  },
  {
    name: 'workers are killed without a word',
    begin: () => undefined,
    trouble: ({ jobs }, isOn) => {
      jobs.work.hangs = isOn;
      if (isOn) jobs.post();
      else jobs.redrive();
    },
    troubleMinutes: 3 * HOUR,
    // A killed attempt comes again after half an hour, and the job counts as stalled after two hours.
    raises: { JobsFailingAlarm: 3 * HOUR + 20, PartsDeadLettersAlarm: 2 * HOUR },
    clearsWithin: 2 * HOUR + 15,
  },
  ...[
    {
      name: 'the event source mapping of the parts is disabled',
      trouble: (({ jobs }, isOn) => {
        jobs.queue.isRead = !isOn;
      }) satisfies Trouble,
    },
    {
      name: 'calls of the function work are throttled',
      trouble: (({ jobs }, isOn) => {
        jobs.work.isThrottled = isOn;
      }) satisfies Trouble,
    },
  ].map((situation) => ({ ...situation, begin: often, raises: { WorkIdleAlarm: 30 } })),
  ...coordinateFailures.map(({ name, trouble }) => ({
    ...{ name, trouble, begin: often, raises: { CoordinateFailingAlarm: 25 } },
  })),
  {
    name: 'jobs cannot be planned',
    begin: often,
    trouble: ({ jobs }, isOn) => {
      jobs.arePlansFailing = isOn;
      if (!isOn) jobs.redrive();
    },
    raises: { CoordinateFailingAlarm: 25, JobRecordsLostAlarm: 15, JobsFailingAlarm: 3 * HOUR + 20 },
    troubleMinutes: 3 * HOUR + 30,
    clearsWithin: 4 * HOUR + 15,
  },
  ...sweepFailures.map(({ name, trouble, also }) => ({
    ...{ name, trouble, begin: () => undefined, raises: { JobsSweepFailingAlarm: 35, ...also }, clearsWithin: 50 },
  })),
  ...(['coordinate', 'work', 'sweep'] as const).map((name) => ({
    name: `calls of the function ${name} take nearly as long as they may`,
    begin: often,
    trouble: (({ jobs }, isOn) => {
      jobs[name].isSlow = isOn;
    }) satisfies Trouble,
    raises: { JobCallsSlowAlarm: 30 },
    clearsWithin: 50,
  })),
];
