import { formatDate, formatNumber } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { numberOf } from './number-of.ts';
import type { Section } from './report-view.ts';
import { section } from './section.ts';

/** The refused events, by reason. */
export function describeRefused({ facts }: DailyReport): Section {
  const total = facts.quarantine.reduce((sum, { count }) => sum + count, 0);
  const [first] = facts.quarantine;
  const title = first
    ? `${numberOf('event', total)} ${total === 1 ? 'was' : 'were'} refused, ${facts.quarantine.length > 1 ? 'most of them' : 'all'} as ${first.reason}`
    : 'No event was refused';
  const rows = facts.quarantine.map(({ reason, count }) => [reason, formatNumber(count)]);
  return section(title, ['Reason', 'Events'], rows);
}

/** Which earlier reports changed since the last one. */
export function describeRevised({ revised }: DailyReport): Section | undefined {
  if (revised.length === 0) return undefined;
  const rows = revised.map(({ id, revision, changes }) => [
    formatDate(id.slice('daily-'.length)),
    formatNumber(revision),
    formatNumber(changes),
  ]);
  const title = `Late events changed ${numberOf('earlier report', revised.length)}`;
  return section(title, ['Report of', 'Revision', 'Changed figures'], rows);
}
