import { quantile } from '../measure/cpu.ts';
import { figure, type Report } from '../report/table.ts';
import { measureWaits, type WaitsOptions } from './measure-waits.ts';

const PENDING = 130_000;

/** How much longer the others wait for their webhooks while one endpoint of a hundred is in trouble. */
export async function reportWebhooks({ quick }: { quick: boolean }): Promise<Report> {
  const seconds = quick ? 60 : 300;
  const cases: [string, Omit<WaitsOptions, 'seconds'>][] = [
    ['all are well', { trouble: 'none', pending: 0 }],
    ['one hangs', { trouble: 'hangs', pending: 0 }],
    [`one is dead, with ${PENDING / 1000},000 pending`, { trouble: 'dead', pending: PENDING }],
    [`one hangs, with ${PENDING / 1000},000 pending`, { trouble: 'hangs', pending: PENDING }],
    ['one hangs, and one queue for all', { trouble: 'hangs', pending: 0, isOneQueue: true }],
  ];
  const rows: string[][] = [];
  let wellMs: number | undefined;
  for (const [name, options] of cases) {
    const waits = await measureWaits({ ...options, seconds });
    const p99 = quantile(waits, 0.99);
    wellMs ??= p99;
    const target = options.isOneQueue || options.trouble === 'none' ? '-' : '100';
    rows.push([name, String(waits.length), ...[quantile(waits, 0.5), p99, p99 - wellMs].map(figure), target]);
  }
  const table = {
    title: 'From a queue to the POST, at 99 endpoints beside one in trouble: 100 webhooks a second, in virtual time',
    columns: ['the hundredth endpoint', 'webhooks', 'median, ms', 'p99, ms', 'more, ms', 'target'],
    rows,
    note: 'The code is the real one. A call of the table takes 3 to 12 ms, and a receiver 20 to 200 ms. Ten calls of the function serve the fast queue, and five the slow one.',
  };
  return { part: 'webhooks', tables: [table] };
}
