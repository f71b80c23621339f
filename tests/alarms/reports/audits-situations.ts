import type { Situation } from '../situation.ts';
import type { ReportsWorld } from './reports-world.ts';

type ReportsSituation = Situation<ReportsWorld>;
type Trouble = NonNullable<ReportsSituation['trouble']>;

const HOUR = 60;
const nothing = () => undefined;

const noSchedule: readonly { readonly name: string; readonly trouble: Trouble }[] = [
  {
    name: 'the rule of the audits is disabled',
    trouble: ({ audits }, isOn) => {
      audits.isScheduled = !isOn;
    },
  },
  {
    name: 'calls of the function audit are throttled',
    trouble: ({ audits }, isOn) => {
      audits.audit.isThrottled = isOn;
    },
  },
  {
    name: 'the function audit crashes',
    trouble: ({ audits }, isOn) => {
      audits.audit.crashes = isOn;
    },
  },
];

/** The situations of the audits. */
export const auditsSituations: readonly ReportsSituation[] = [
  ...noSchedule.map(({ name, trouble }) => ({
    ...{ name, trouble, begin: nothing, troubleMinutes: 7 * HOUR },
    // A later hour may still be within the range that CloudWatch looks at.
    ...{ raises: { AuditOverdueAlarm: 5 * HOUR + 15 }, clearsWithin: 2 * HOUR },
  })),
  {
    name: 'an audit finds that an object of the archive is missing',
    begin: nothing,
    trouble: ({ audits }, isOn) => {
      audits.isObjectLost = isOn;
    },
    // A day ends within it.
    troubleMinutes: 24 * HOUR,
    raises: { AuditDriftAlarm: 16 * HOUR },
    clearsWithin: 24 * HOUR,
  },
];
