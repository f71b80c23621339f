import { figure, type Report, type Table } from '../report/table.ts';
import { openLocalStage } from './local-stage.ts';
import {
  type ActivityMeasure,
  type FoldMeasure,
  measureActivity,
  measureFoldLimits,
  measureWrites,
  type WriteMeasure,
} from './measure-writes.ts';
import { runUsualWay } from './run-usual-way.ts';
import { perMillion, type Units, writesOf } from './units.ts';

const TARGETS = new Map([
  ['100/20/1', '45 (30)'],
  ['1000/20/1', '22 (12)'],
]);

/** Write units for a million events, counted on the wire: of the real consumer, and of the usual way. */
export async function reportWrites({ quick }: { quick: boolean }): Promise<Report> {
  const stage = await openLocalStage();
  try {
    const usual = await runUsualWay(stage, quick ? 200 : 2_000);
    const measures = await measureWrites(stage, { quick });
    const tables = [writesTable(measures, usual), activityTable(await measureActivity(stage, { quick }))];
    if (!quick) tables.push(foldTable(await measureFoldLimits(stage)));
    return { part: 'writes', tables };
  } finally {
    await stage.close();
  }
}

function writesTable(measures: readonly WriteMeasure[], usual: { events: number; units: Units }): Table {
  return {
    title: "Thousands of units and requests for a million events, users' activity off",
    columns: ['events/s, actions, window', 'log', 'rows', 'other', 'writes', 'target', 'reads', 'S3', 'folds'],
    rows: [
      ...measures.map(writesRow),
      [`the usual way, ${usual.events} events`, ...thousands(perMillion(usual.units, usual.events)), '-'],
    ],
    note: 'Targets in brackets are hopes. "other" is watermarks; for the usual way, it is updates, and "log" is idempotency items.',
  };
}

function writesRow(measure: WriteMeasure): string[] {
  const { eventsPerSecond, actions, windowSeconds, units, events, folds } = measure;
  const target = TARGETS.get(`${eventsPerSecond}/${actions}/${windowSeconds}`);
  return [
    `${eventsPerSecond}/s, ${actions}, ${windowSeconds} s`,
    ...thousands(perMillion(units, events), target),
    String(folds),
  ];
}

function thousands(units: Units, target = '-'): string[] {
  const { entries, rows, other, reads, objects } = units;
  const written = [entries, rows, other, writesOf(units)].map((count) => figure(count / 1000));
  return [...written, target, figure(reads / 1000), figure(objects / 1000)];
}

function activityTable(measures: readonly ActivityMeasure[]): Table {
  return {
    title: "What users' activity costs: thousands of units for a million events",
    columns: ['events/s, activity', 'log', 'rows', 'other', 'writes', 'reads', 'folds', 'tail at most, KB'],
    rows: measures.map(({ eventsPerSecond, userActivity, units, events, folds, tailBytes }) => {
      const { entries, rows, other, reads, ...rest } = perMillion(units, events);
      const counts = [entries, rows, other, writesOf({ entries, rows, other, reads, ...rest }), reads];
      return [
        `${eventsPerSecond}/s, ${userActivity ? 'on' : 'off'}`,
        ...counts.map((count) => figure(count / 1000)),
        String(folds),
        figure(tailBytes / 1024),
      ];
    }),
    note: '20 actions, 5,000 users, a batch each second.',
  };
}

function foldTable(measures: readonly FoldMeasure[]): Table {
  return {
    title: "When to fold: writes, and the log that a cold reader must read of a shard, users' activity off",
    columns: [
      'events/s, actions',
      'KB',
      'KB a row',
      'folds',
      'row writes',
      'all writes',
      'tail at most, KB',
      'read units',
    ],
    rows: measures.map(({ eventsPerSecond, actions, limits, folds, tailBytes, units, events }) => {
      const each = perMillion(units, events);
      return [
        `${eventsPerSecond}/s, ${actions}`,
        String(limits.bytes / 1024),
        String(limits.bytesPerHourRow / 1024),
        String(folds),
        figure(each.rows / 1000),
        figure(writesOf(each) / 1000),
        figure(tailBytes / 1024),
        figure(tailBytes / 4096),
      ];
    }),
    note: 'Writes are thousands of units for a million events, at a window of 5 s. Read units are the cost of the largest tail.',
  };
}
