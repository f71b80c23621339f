import { compareFigures, describeChange, formatDate, formatNumber } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { compareActions } from './compare-actions.ts';
import { describeActions } from './describe-actions.ts';
import { auditSentence, auditWords, describeDrift } from './describe-audit.ts';
import { describeChanges } from './describe-changes.ts';
import { describeDays } from './describe-days.ts';
import { describeHours } from './describe-hours.ts';
import { describeRefused, describeRevised } from './describe-sections.ts';
import { describeTiles } from './describe-tiles.ts';
import { ESTIMATES, NO_ESTIMATES } from './estimates.ts';
import { formatInstant } from './format-instant.ts';
import { numberOf } from './number-of.ts';
import { reportDate } from './report-date.ts';
import type { ReportView } from './report-view.ts';

/** Puts a report in words: all that its page and its mail say. */
export function describeReport(report: DailyReport): ReportView {
  return {
    date: formatDate(reportDate(report)),
    facts: [report.timeZone, `revision ${report.revision}`, auditWords(report)],
    lead: leadOf(report),
    brief: briefOf(report),
    tiles: describeTiles(report),
    figures: [describeDays(report), describeHours(report), describeActions(report)],
    actions: compareActions(report),
    refused: describeRefused(report),
    drift: describeDrift(report),
    changes: describeChanges(report),
    revised: describeRevised(report),
    notes: notesOf(report),
  };
}

function leadOf({ facts, comparisons }: DailyReport): string {
  const { count, users } = facts.total;
  const change = compareFigures(count, comparisons.meanOfSeven.total?.count ?? null);
  if (count === 0) {
    return `No event was counted on this day.${change.kind === 'fell' ? ' In the last seven days there were some.' : ''}`;
  }
  const from = users === null ? '' : ` from ${numberOf('user', users)}`;
  const actions = ` in ${numberOf('action', facts.actions.length)}`;
  const counted = `${numberOf('event', count)}${from}${actions}`;
  const described = describeChange(change, 'the last seven days');
  return described
    ? `${counted}. The number of events ${described}.`
    : `${counted}. There is no earlier day to compare with.`;
}

function briefOf({ facts, comparisons }: DailyReport): string {
  const { count } = facts.total;
  if (count === 0) return 'no events';
  const change = compareFigures(count, comparisons.meanOfSeven.total?.count ?? null);
  const written = describeChange(change, '')?.match(/^(rose|fell) (\S+\s%)/);
  return `${numberOf('event', count)}${written ? `, ${written[1] === 'rose' ? 'up' : 'down'} ${written[2]}` : ''}`;
}

function notesOf(report: DailyReport): string[] {
  const { facts, id, revision, tzdata, asOf, comparisons } = report;
  const counted = asOf === null ? 'No event has been counted yet' : `Counted up to ${formatInstant(asOf)}`;
  const notes = [`${counted}. Report ${id}, revision ${formatNumber(revision)}, time zone data ${tzdata}.`];
  notes.push(auditSentence(report));
  if (facts.total.count > 0) notes.push(facts.total.users === null ? NO_ESTIMATES : ESTIMATES);
  if (comparisons.meanOfSeven.total) {
    notes.push('The last seven days are compared by the mean of those that have data.');
  }
  return notes;
}
