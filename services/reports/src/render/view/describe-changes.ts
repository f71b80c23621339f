import { formatNumber } from '@weir/charts';
import type { DailyReport, FactChange } from '../../daily/daily-report.ts';
import { labelHours } from './describe-hours.ts';
import { numberOf } from './number-of.ts';
import type { Section } from './report-view.ts';
import { section } from './section.ts';

/** What people call the figures. */
const FIGURES: Readonly<Record<string, string>> = {
  ...{ count: 'events', users: 'users', sum: 'sum', min: 'least', max: 'greatest', mean: 'mean' },
  ...{ p50: 'median', p95: 'p95', p99: 'p99' },
};

/** An element of a list of facts, whole. */
interface Element {
  readonly action?: string;
  readonly reason?: string;
  readonly start?: string;
  readonly count: number;
}

/** What this revision changed, by the names of actions, hours and reasons. */
export function describeChanges(report: DailyReport): Section | undefined {
  const { changes, revision } = report;
  if (changes.length === 0) return undefined;
  const nameOf = namesIn(report);
  const rows = changes.map((change) => [nameOf(change), shownValue(change.before), shownValue(change.after)]);
  const title = `Revision ${revision} changed ${numberOf('figure', changes.length)} of revision ${revision - 1}`;
  return section(title, ['Figure', 'Before', 'Now'], rows);
}

function namesIn({ facts, timeZone }: DailyReport): (change: FactChange) => string {
  const hours = labelHours(facts.hours, timeZone);
  return ({ pointer, before, after }) => {
    const [, list, place, figure] = pointer.split('/');
    const index = Number(place);
    if (list === 'total') return `Total: ${figureName(place)}`;
    // An element that came or went stands in the change, whole.
    const whole = figure === undefined ? ((after ?? before) as Element) : undefined;
    const element = whole ?? facts[list as 'actions' | 'quarantine'][index];
    if (list === 'hours') return `${hours[index]?.name ?? whole?.start}: events`;
    if (list === 'quarantine') return `Refused as ${(element as Element | undefined)?.reason}`;
    return `${(element as Element | undefined)?.action}: ${figureName(figure ?? 'count')}`;
  };
}

function figureName(figure = ''): string {
  return FIGURES[figure] ?? figure;
}

function shownValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return formatNumber((value as Element).count);
  return formatNumber(typeof value === 'number' ? value : null);
}
