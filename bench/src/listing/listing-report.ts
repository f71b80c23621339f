import { figure, type Report } from '../report/table.ts';
import { measureListing } from './measure-listing.ts';

/** The memory and CPU of listing a million users, and whether they grow with the list. */
export async function reportListing({ quick }: { quick: boolean }): Promise<Report> {
  const users = quick ? 20_000 : 1_000_000;
  const { stretches, wholeMegabytes } = await measureListing({ users });
  const table = {
    title: `A list of ${figure(users, 0)} users, in pages of 1,000`,
    columns: ['users read', 'pages', 'MB more in use', 'CPU ms a page', 'at most', 'read units a page'],
    rows: [
      ...stretches.map(({ upTo, pages, megabytes, cpuMs, slowestCpuMs, readUnitsAPage }) => [
        figure(upTo, 0),
        ...[figure(pages, 0), figure(megabytes), figure(cpuMs), figure(slowestCpuMs), figure(readUnitsAPage)],
      ]),
      ['all, held at once', '-', figure(wholeMegabytes), '-', '-', '-'],
    ],
    note: 'Memory is measured after a full collection, above the memory after five pages. CPU includes the AWS door.',
  };
  return { part: 'listing', tables: [table] };
}
