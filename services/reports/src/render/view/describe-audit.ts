import { formatNumber } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { moreThan, numberOf } from './number-of.ts';
import type { Section } from './report-view.ts';

// A value of a sketch is many bytes: what differs is in the audit.
const LONGEST_VALUE = 40;

/** The audit in a few words. */
export function auditWords({ audit }: DailyReport): string {
  if (audit.status === 'pending') return 'not audited yet';
  return audit.status === 'clean' ? 'audited, no difference' : 'audited, with differences';
}

/** The audit in a sentence. */
export function auditSentence({ audit }: DailyReport): string {
  const { status, differences, missingObjects, path } = audit;
  if (status === 'pending') return 'The audit had not ended when this report was made.';
  if (status === 'clean') return `The audit found that rows and archive agree: GET ${path}`;
  const missing = missingObjects > 0 ? `, of these ${numberOf('missing object', missingObjects)}` : '';
  return `The audit found ${numberOf('difference', differences)} between rows and archive${missing}: GET ${path}`;
}

/** The buckets of which rows and archive differ, and how many more there are. */
export function describeDrift({ audit }: DailyReport): Section | undefined {
  if (audit.status !== 'drift') return undefined;
  const rows = audit.buckets.map(({ action, unit, start, field, stored, archived }) => [
    action,
    `${field} of the ${unit} ${shownStart(start, unit)}`,
    shownValue(stored),
    shownValue(archived),
  ]);
  const buckets = audit.differences - audit.missingObjects;
  const others = moreThan(rows.length, buckets, 'bucket');
  return {
    title: `The audit found ${numberOf('difference', audit.differences)} between rows and archive`,
    columns: ['Action', 'Value, in UTC', 'Rows', 'Archive'],
    rows,
    more: others && `${others} in GET ${audit.path}`,
  };
}

function shownStart(start: string, unit: 'minute' | 'hour' | 'day'): string {
  return unit === 'day' ? start.slice(0, 10) : `${start.slice(0, 10)} ${start.slice(11, 16)}`;
}

function shownValue(value: string): string {
  const number = Number(value);
  if (value !== '' && Number.isFinite(number)) return formatNumber(number);
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}
