import { figure, type Report } from '../report/table.ts';
import { measureDoors } from './measure-doors.ts';

/** Whether the doors' process keeps any memory of a call after its answer. */
export async function reportDoors({ quick }: { quick: boolean }): Promise<Report> {
  const measured = await measureDoors(quick ? { rounds: 4, calls: 2_500 } : { rounds: 10, calls: 10_000 });
  const answered = Object.entries(measured.at(-1)?.statuses ?? {}).map(
    ([status, count]) => `${figure(count, 0)} ${status}`,
  );
  const table = {
    title: 'The memory of both doors, after calls',
    columns: ['calls', 'MB in use', 'MB resident'],
    rows: measured.map(({ calls, megabytes, residentMegabytes }) => [
      figure(calls, 0),
      ...[figure(megabytes), figure(residentMegabytes)],
    ]),
    note: `"In use" is measured after a full collection.\nThe answers: ${answered.join(', ')}.`,
  };
  return { part: 'doors', tables: [table] };
}
