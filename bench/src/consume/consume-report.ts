import type { WayFigures } from '../measure/by-turns.ts';
import { figure, type Report, type Table } from '../report/table.ts';
import { measureConsume } from './measure-consume.ts';

const RECORDS = 10_000;
const TARGETS = ['-', '-', '1.50 (1.15)', '-', '1.80'];

/** CPU of the consumer's path for 10,000 records, whole and in smaller batches. */
export async function reportConsume({ quick }: { quick: boolean }): Promise<Report> {
  const options = quick ? { rounds: 8, warmUp: 8 } : { rounds: 40, warmUp: 15 };
  const tables: Table[] = [];
  for (const batch of [RECORDS, 1_000, 100]) {
    tables.push(consumeTable(batch, await measureConsume({ ...options, records: RECORDS, batch })));
  }
  return { part: 'consume', tables };
}

function consumeTable(batch: number, figures: readonly WayFigures[]): Table {
  return {
    title: `CPU for 10,000 records of 200 bytes, 20 actions, in batches of ${figure(batch, 0)}`,
    columns: ['work', 'ms', 'ratio', 'middle half', 'target'],
    rows: figures.map(({ name, ms, ratio, quartiles }, at) => [
      name,
      figure(ms),
      figure(ratio),
      quartiles.map((each) => figure(each)).join(' to '),
      TARGETS[at] ?? '-',
    ]),
  };
}
