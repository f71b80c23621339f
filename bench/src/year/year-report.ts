import { figure, type Report } from '../report/table.ts';
import { measureYear, type YearMeasure } from './measure-year.ts';

const MIB = 1024 * 1024;

/** Requests, time and dollars of questions about a year. */
export async function reportYear({ quick }: { quick: boolean }): Promise<Report> {
  const { objects, events, bytes, questions } = await measureYear({ eventsPerHour: quick ? 10 : 100 });
  const size = `${figure(objects, 0)} hourly objects, ${figure(events, 0)} events, ${figure(bytes / MIB, 0)} MiB`;
  const requests = {
    title: `A year of one log: ${size}`,
    columns: [
      'question',
      'parts',
      's',
      'GETs',
      'GETs an object',
      'target',
      'LISTs',
      'PUTs',
      'read units',
      'write units',
    ],
    rows: questions.map(requestsRow),
    note: 'GETs are all of a question, those of its own files included. A summary reads rows, and no archive.',
  };
  const dollars = {
    title: 'The same in dollars (us-east-1)',
    columns: ['question', 'GB-seconds', 'functions', 'objects', 'tables', 'messages', 'all'],
    rows: questions.map(dollarsRow),
    note: 'Counted requests, and the time that `coordinate` and `work` took here. Without free tiers and KMS.',
  };
  return { part: 'year', tables: [requests, dollars] };
}

function requestsRow({ kind, parts, seconds, calls, getsPerObject }: YearMeasure): string[] {
  const countOf = (name: string) => figure(calls[name]?.calls ?? 0, 0);
  const unitsOf = (unit: 'readUnits' | 'writeUnits') =>
    figure(
      Object.values(calls).reduce((sum, usage) => sum + usage[unit], 0),
      0,
    );
  const isOfArchive = kind !== 'summary';
  return [
    ...[kind, figure(parts, 0), figure(seconds), countOf('s3:GetObject')],
    ...[isOfArchive ? figure(getsPerObject, 3) : '-', isOfArchive ? '1.10' : '-'],
    ...[countOf('s3:ListObjectsV2'), countOf('s3:PutObject'), unitsOf('readUnits'), unitsOf('writeUnits')],
  ];
}

function dollarsRow({ kind, gigabyteSeconds, cost }: YearMeasure): string[] {
  const { functions, objects, tables, messages } = cost;
  const dollars = [functions, objects, tables, messages, functions + objects + tables + messages];
  return [kind, figure(gigabyteSeconds), ...dollars.map((each) => figure(each, 4))];
}
