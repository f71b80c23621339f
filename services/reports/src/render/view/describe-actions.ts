import { type Change, describeChange, formatChange, formatNumber, formatShare, rankedBars } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { compareActions, goneActions } from './compare-actions.ts';
import { numberOf } from './number-of.ts';
import type { ActionRow, ReportFigure } from './report-view.ts';

const SHOWN = 10;

// Below either of them, a change is what happens on any day.
const LEAST_PERCENT = 5;
const LEAST_SURPRISE = 3;

/** The most frequent actions, each with its change. */
export function describeActions(report: DailyReport): ReportFigure {
  const rows = compareActions(report).slice(0, SHOWN);
  const title = actionsTitle(report, rows);
  return {
    key: 'actions',
    title,
    note: actionsNote(report),
    draw: (width) =>
      rankedBars({
        rows: rows.map(({ action, count, sinceLastSeven }) => ({ name: action, value: count, change: sinceLastSeven })),
        width,
        summary: `Bars: ${title}.`,
      }),
    table: {
      caption: 'The most frequent actions',
      columns: ['Action', 'Events', 'Against the last seven days'],
      rows: rows.map(({ action, count, sinceLastSeven }) => [
        action,
        formatNumber(count),
        formatChange(sinceLastSeven),
      ]),
    },
  };
}

/** The change that is the least likely to be chance; else the most frequent action. */
function actionsTitle(report: DailyReport, rows: readonly ActionRow[]): string {
  const [first] = rows;
  const news = [...rows.flatMap(changeOf), ...goneActions(report).map(goneOf)]
    .filter(({ surprise }) => surprise >= LEAST_SURPRISE)
    .sort((one, other) => other.surprise - one.surprise);
  if (news[0]) return news[0].sentence;
  if (!first) return 'No action happened';
  const share = formatShare(first.count, report.facts.total.count);
  return `${first.action} happened most, with ${numberOf('event', first.count)} (${share})`;
}

interface News {
  readonly sentence: string;
  /** The change, where 1 is what chance changes from day to day. */
  readonly surprise: number;
}

function changeOf({ action, count, sinceLastSeven: change }: ActionRow): News[] {
  if ((change.kind === 'rose' || change.kind === 'fell') && change.percent < LEAST_PERCENT) return [];
  const before = countBefore(count, change);
  const sentence = `${action} ${describeChange(change, 'the last seven days')}`;
  return before === undefined ? [] : [{ sentence, surprise: surpriseOf(count, before) }];
}

function goneOf({ action, mean }: { readonly action: string; readonly mean: number }): News {
  return { sentence: `${action} did not happen, unlike in the last seven days`, surprise: surpriseOf(0, mean) };
}

function countBefore(count: number, change: Change): number | undefined {
  if (change.kind === 'new' || change.kind === 'appeared') return 0;
  if (change.kind === 'rose') return count / (1 + change.percent / 100);
  return change.kind === 'fell' && change.percent < 100 ? count / (1 - change.percent / 100) : undefined;
}

/** A count of independent events varies by its root. */
function surpriseOf(now: number, before: number): number {
  return Math.abs(now - before) / Math.sqrt(now + before);
}

const NAMED = 3;

function actionsNote(report: DailyReport): string | undefined {
  const gone = goneActions(report).map(({ action }) => action);
  const note = 'The most frequent actions, against the mean of the last seven days';
  if (gone.length === 0) return report.facts.actions.length > 0 ? note : undefined;
  const named = gone.slice(0, NAMED).join(', ');
  const more = gone.length > NAMED ? ` and ${formatNumber(gone.length - NAMED)} more` : '';
  return `${note}. Not on this day: ${named}${more}`;
}
