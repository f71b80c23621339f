import { figure, type Report } from '../report/table.ts';
import { measureRows } from './measure-rows.ts';

/** Ways to write many rows, each with its own condition. */
export async function reportRows({ quick }: { quick: boolean }): Promise<Report> {
  const measures = await measureRows({ rounds: quick ? 3 : 15 });
  const table = {
    title: 'Client CPU for 1,000 conditional rows of 900 bytes, against a server that answers at once',
    columns: ['way', 'requests', 'CPU ms', 'middle half', 'write units'],
    rows: measures.map(({ way, requests, cpuMs, quartiles, price }) => [
      way,
      figure(requests, 0),
      figure(cpuMs),
      quartiles.map((each) => figure(each)).join(' to '),
      `${price}x`,
    ]),
  };
  return { part: 'rows', tables: [table] };
}
