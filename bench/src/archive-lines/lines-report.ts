import { figure, type Report } from '../report/table.ts';
import { measureLines, memoryOf } from './measure-lines.ts';

const MIB = 1024 * 1024;
const LINES = 200_000;

/** CPU and memory of reading the lines of an hour's object. */
export async function reportLines({ quick }: { quick: boolean }): Promise<Report> {
  const measures = await measureLines(quick ? { lines: 50_000, rounds: 3, warmUp: 1 } : { lines: LINES });
  const names = ['whole object, `JSON.parse` of each line (baseline)', '`readLines`: a stream, checked lines'];
  const speed = {
    title: `An hour's object of ${figure(quick ? 50_000 : LINES, 0)} lines`,
    columns: ['read by', 'lines a second of CPU', 'CPU, ratio'],
    rows: measures.map(({ linesPerSecond, ratio }, at) => [names[at] ?? '', figure(linesPerSecond, 0), figure(ratio)]),
    note: 'CPU of all threads: decompression is in both.',
  };
  const rows: string[][] = [];
  let base: number | undefined;
  for (const lines of quick ? [LINES] : [LINES, 10 * LINES]) {
    const bytes = await memoryOf(lines);
    base ??= bytes;
    rows.push([figure(lines, 0), figure(bytes / MIB), figure(bytes / base)]);
  }
  const memory = {
    title: 'Memory in use while `readLines` reads',
    columns: ['lines in the object', 'MiB', 'ratio'],
    rows,
    note: 'Of the process, after a full collection, the most of many looks. The target is 1.2. The object is made while it is read.',
  };
  return { part: 'archive-lines', tables: [speed, memory] };
}
