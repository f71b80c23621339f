import { figure, type Report, type Table } from '../report/table.ts';
import { measureMonth, measureReads, type ReadMeasure } from './measure-reads.ts';

const COLUMNS = ['requests', 'read units', 'KB on the wire', 'ms', 'CPU ms without network', 'target'];
const NOTE = '"ms" is one query against the local emulator on this machine, and says little about AWS.';

/** The reads and the cost of a query of the metrics. */
export async function reportReads(options: { quick: boolean }): Promise<Report> {
  const day: Table = {
    title: 'A day of minutes of one action, 250 KB of each shard not folded yet',
    columns: ['shards, query', ...COLUMNS],
    rows: (await measureReads(options)).map((measure) => [
      `${measure.shards}, ${measure.phase}`,
      ...figures(measure),
      measure.shards === 8 && measure.phase.startsWith('warm') ? 'under 20' : '-',
    ]),
    note: NOTE,
  };
  const month: Table = {
    title: 'A month of New York of one action at 16 shards, 250 KB of each not folded yet',
    columns: ['buckets, query', ...COLUMNS],
    rows: (await measureMonth(options)).map((measure) => [
      `${measure.what}, ${measure.phase}`,
      ...figures(measure),
      targetOf(measure),
    ]),
    note: '"a month" is one bucket, of days and of hours at its ends; "its days" and "its hours" are read from hours.',
  };
  return { part: 'reads', tables: [day, month] };
}

function figures({ requests, readUnits, responseBytes, ms, cpuMs }: ReadMeasure): string[] {
  return [figure(requests, 0), figure(readUnits), figure(responseBytes / 1024), figure(ms), figure(cpuMs)];
}

function targetOf({ what, phase }: ReadMeasure): string {
  if (phase.startsWith('warm')) return '17 requests';
  return what === 'a month' ? '1 500 units' : '-';
}
