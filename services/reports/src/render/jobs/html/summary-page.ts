import { formatNumber, type Markup, type Tile } from '@weir/charts';
import type { JobAnswer } from '../../../kinds/job-answer.ts';
import type { SummaryResult } from '../../../kinds/results.ts';
import { ESTIMATES, NO_ESTIMATES } from '../../view/estimates.ts';
import { formatInstant } from '../../view/format-instant.ts';
import { numberOf } from '../../view/number-of.ts';
import { describeAsked, describeRange } from './describe-question.ts';
import { drawRanked, drawRankedTable } from './draw-ranked.ts';
import { drawSeries } from './draw-series.ts';
import { besides, type JobPage } from './job-page.ts';

/** Days as columns, and the most frequent actions. */
export function summaryPage({ question, result }: JobAnswer<SummaryResult>): JobPage {
  return {
    kind: 'Summary',
    range: describeRange(question),
    lead: leadOf(result),
    facts: [question.timeZone, describeAsked(question)],
    tiles: tilesOf(result),
    cards: cardsOf(result),
    notes: notesOf(result),
  };
}

function cardsOf(result: SummaryResult): Markup[] {
  const series = drawSeries(result);
  if (result.actions.length === 0) return [series];
  return [besides(series, drawRanked(result)), drawRankedTable(result)];
}

function leadOf({ total: { count, users }, actions, dates }: SummaryResult): string {
  const days = numberOf('day', dates.length);
  if (count === 0) return `No event was counted in ${dates.length === 1 ? 'this day' : `these ${days}`}.`;
  const from = users === null ? '' : ` from ${numberOf('user', users)}`;
  return `${numberOf('event', count)}${from} of ${numberOf('action', actions.length)} in ${days}.`;
}

function tilesOf({ total, actions, dates }: SummaryResult): Tile[] {
  const busy = dates.filter(({ count }) => count > 0).length;
  return [
    { name: 'Events', value: formatNumber(total.count) },
    {
      name: 'Users',
      value: formatNumber(total.users),
      note: total.users === null ? 'Not known for this range' : 'Each counted once',
    },
    { name: 'Actions', value: formatNumber(actions.length) },
    {
      name: 'Events a day',
      value: formatNumber(Math.round(total.count / Math.max(1, dates.length))),
      note: `${numberOf('day', busy)} with events`,
    },
  ];
}

function notesOf({ total, asOf }: SummaryResult): string[] {
  const until = asOf === null ? undefined : formatInstant(new Date(asOf).toISOString());
  const counted = until ? `Counted up to ${until}.` : 'No event has been counted yet.';
  return [
    `${counted} Each day of each action is in report.csv and in report.json.`,
    ...(total.count > 0 ? [total.users === null ? NO_ESTIMATES : ESTIMATES] : []),
  ];
}
