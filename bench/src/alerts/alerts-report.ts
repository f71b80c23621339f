import { figure, type Report } from '../report/table.ts';
import { costOf } from '../year/cost-of.ts';
import { type EvaluationMeasure, measureEvaluator, measureReader } from './measure-evaluations.ts';
import { measureEntries, measureIdle, type RequestsMeasure } from './measure-requests.ts';

const MINUTES_A_MONTH = 30 * 24 * 60;
const TARGET_PER_SECOND = 10_000;

/** How many rules one core evaluates in a second, what it asks, and what that costs. */
export async function reportAlerts({ quick }: { quick: boolean }): Promise<Report> {
  const batches = quick ? 10 : 60;
  const rules = 1000;
  const [one, many] = [await measureEvaluator({ rules: 1, batches }), await measureEvaluator({ rules, batches })];
  const reader = await measureReader({ rules, batches: quick ? 2 : 5 });
  const speed = {
    title: 'Entries of four logs in each batch, with 1,000 events of 20 actions each; stores in memory',
    columns: ['way', 'evaluations a second of CPU', 'target', 'ratio', 'queries a batch'],
    rows: [
      speedRow("the API's reader, 900 rules", reader, reader),
      speedRow('merged counts, 1 rule', one, reader),
      speedRow('merged counts, 1,000 rules', many, reader),
    ],
    note: 'Every rule judges a bucket in each batch. CPU includes reading and merging the entries.',
  };
  return { part: 'alerts', tables: [speed, await costTable(rules, quick ? 8 : 40)] };
}

async function costTable(rules: number, batches: number) {
  const entry = await measureEntries({ rules, batches });
  const idle = await measureIdle({ rules, batches: Math.ceil(batches / 4) });
  const idleOf10 = await measureIdle({ rules: 10, batches: Math.ceil(batches / 4) });
  return {
    title: 'Counted requests to the local tables, and what they cost in AWS (us-east-1)',
    columns: ['batch', 'requests', 'read units', 'write units', 'times', 'dollars'],
    rows: [
      costRow('one entry, 1,000 rules', entry, 1_000_000),
      costRow('a minute without events, 1,000 rules', idle, MINUTES_A_MONTH),
      costRow('a minute without events, 10 rules', idleOf10, MINUTES_A_MONTH),
    ],
    note: 'Four instances read each entry. Times: a million entries, or a month of minutes. Time of functions is not in it.',
  };
}

function speedRow(way: string, { perSecond, queriesABatch }: EvaluationMeasure, base: EvaluationMeasure): string[] {
  const target = way.endsWith('1,000 rules') ? figure(TARGET_PER_SECOND, 0) : '-';
  return [way, figure(perSecond, 0), target, figure(perSecond / base.perSecond), figure(queriesABatch, 0)];
}

function costRow(batch: string, { requests, readUnits, writeUnits }: RequestsMeasure, times: number): string[] {
  const [reads, writes] = [readUnits * times, writeUnits * times];
  const used = { calls: 0, errors: 0, requestBytes: 0, responseBytes: 0, readUnits: reads, writeUnits: writes };
  const { tables } = costOf({ calls: { dynamodb: used }, invocations: 0, gigabyteSeconds: 0, messages: 0 });
  return [batch, figure(requests), figure(readUnits), figure(writeUnits), figure(times, 0), figure(tables)];
}
