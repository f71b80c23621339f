import type { Situation } from '../situation.ts';
import { auditsSituations } from './audits-situations.ts';
import { jobsSituations } from './jobs-situations.ts';
import type { ReportsWorld } from './reports-world.ts';

type ReportsSituation = Situation<ReportsWorld>;
type Trouble = NonNullable<ReportsSituation['trouble']>;

const HOUR = 60;
const nothing = () => undefined;

const normalOperation: readonly ReportsSituation[] = [
  {
    name: 'each hour ends well, and a day ends',
    begin: nothing,
    trouble: nothing,
    troubleMinutes: 24 * HOUR,
    raises: {},
  },
  {
    name: 'the runs of two hours fail',
    begin: nothing,
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
    },
    troubleMinutes: 2 * HOUR,
    raises: {},
  },
  {
    name: 'a run fails, and its retry succeeds',
    begin: nothing,
    trouble: (world, isOn) => {
      world.daily.crashes = isOn;
    },
    troubleMinutes: 11,
    raises: {},
  },
];

const failures: readonly { readonly name: string; readonly trouble: Trouble }[] = [
  {
    name: 'the table cannot be reached',
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
    },
  },
  {
    name: 'runs time out',
    trouble: ({ daily }, isOn) => {
      daily.hangs = isOn;
    },
  },
  {
    name: 'runs crash',
    trouble: ({ daily }, isOn) => {
      daily.crashes = isOn;
    },
  },
  {
    name: 'the account has no room for calls of functions',
    trouble: ({ daily }, isOn) => {
      daily.isThrottled = isOn;
    },
  },
  {
    name: 'the rule of the schedule is disabled',
    trouble: (world, isOn) => {
      world.isScheduled = !isOn;
    },
  },
];

const outages: readonly ReportsSituation[] = failures.map(({ name, trouble }) => ({
  ...{ name, trouble, begin: nothing, troubleMinutes: 6 * HOUR },
  raises: { DailyFailingAlarm: 3 * HOUR + 15 },
  clearsWithin: HOUR + 30,
}));

/** The situations of the service reports. */
export const reportsSituations: readonly ReportsSituation[] = [
  ...normalOperation,
  ...outages,
  ...jobsSituations,
  ...auditsSituations,
  {
    name: 'runs end well, but have no time for the day that is due 16 hours after the trouble began',
    begin: nothing,
    trouble: (world, isOn) => {
      world.isSlow = isOn;
    },
    troubleMinutes: 28 * HOUR,
    raises: { ReportOverdueAlarm: 23 * HOUR + 15 },
    clearsWithin: 4 * HOUR,
  },
];
