import { figure, type Report } from '../report/table.ts';
import { measureStart } from './measure-start.ts';

/** The CPU of a cold start of each function of the API and of the reports, before its first event. */
export async function reportStart({ quick }: { quick: boolean }): Promise<Report> {
  const measures = await measureStart({ rounds: quick ? 5 : 31 });
  const table = {
    title: 'Loading each function of the API and of the reports in a fresh process',
    columns: ['function', 'CPU ms', 'ratio', 'middle half', 'target', 'KB zipped'],
    rows: measures.map(({ name, cpuMs, ratio, quartiles, zippedBytes }, at) => [
      name,
      figure(cpuMs),
      figure(ratio),
      quartiles.map((each) => figure(each)).join(' to '),
      at < 2 ? '-' : '1.50',
      figure(zippedBytes / 1024, 0),
    ]),
    note: 'The size is of the bundle and its chunks, without sharp and resvg, which thumbnail and daily also have.',
  };
  return { part: 'start', tables: [table] };
}
