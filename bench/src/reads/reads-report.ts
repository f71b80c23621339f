import { figure, type Report } from '../report/table.ts';
import { measureReads } from './measure-reads.ts';

/** The reads and the cost of a query of the metrics. */
export async function reportReads(options: { quick: boolean }): Promise<Report> {
  const measures = await measureReads(options);
  const table = {
    title: 'A day of minutes of one action, 250 KB of each shard not folded yet',
    columns: ['shards, query', 'requests', 'read units', 'KB on the wire', 'ms', 'CPU ms without network', 'target'],
    rows: measures.map(({ shards, phase, requests, readUnits, responseBytes, ms, cpuMs }) => [
      `${shards}, ${phase}`,
      figure(requests, 0),
      figure(readUnits),
      figure(responseBytes / 1024),
      figure(ms),
      figure(cpuMs),
      shards === 8 && phase.startsWith('warm') ? 'under 20' : '-',
    ]),
    note: '"ms" is one query against the local emulator on this machine, and says little about AWS.',
  };
  return { part: 'reads', tables: [table] };
}
