import { figure, type Report } from '../report/table.ts';
import { measureWindow } from './measure-window.ts';

/** Memory, start-up and look-up of the window of ids. */
export async function reportWindow({ quick }: { quick: boolean }): Promise<Report> {
  const { ids, entryMegabytes, measures } = measureWindow({ ids: quick ? 360_000 : 3_600_000 });
  const table = {
    title: `A window of ${figure(ids, 0)} ids`,
    columns: ['held in', 'MB', 'CPU to fill, ms', 'CPU to look up one, ns'],
    rows: measures.map(({ name, megabytes, startUpMs, lookUpNs }) => [
      name,
      figure(megabytes),
      figure(startUpMs),
      figure(lookUpNs),
    ]),
    note: `A cold start reads ${figure(entryMegabytes)} MB of entries for the ids.`,
  };
  return { part: 'window', tables: [table] };
}
