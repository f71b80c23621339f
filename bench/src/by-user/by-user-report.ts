import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../measure/cpu.ts';
import { figure, type Report } from '../report/table.ts';
import { SPREADS, type Spread } from './user-lines.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'run-funnel.ts');
const MIB = 1024 * 1024;

const NAMES: Readonly<Record<Spread, string>> = {
  even: 'ten events of each user',
  half: 'one user has half of them',
  single: 'one event of each user',
};

interface Size {
  readonly events: number;
  readonly pieces: number;
}

/** Ten times the data is read in longer parts and in more of them. */
const SIZES: readonly Size[] = [
  { events: 3_000_000, pieces: 3 },
  { events: 30_000_000, pieces: 10 },
];

interface Measure {
  readonly phases: readonly number[];
  readonly seconds: number;
  readonly peakBytes: number;
  readonly inUseBytes: number;
}

/** Memory and time of a question that follows users, however the events are spread over them. */
export async function reportByUser({ quick }: { quick: boolean }): Promise<Report> {
  const rows: string[][] = [];
  let even: Measure | undefined;
  for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
    for (const spread of SPREADS) {
      const measure = await measureOf(spread, size, quick || size !== SIZES[0] ? 1 : 3);
      even ??= measure;
      rows.push(rowOf(`${NAMES[spread]}, ${figure(size.events / 1e6, 0)} million events`, measure, even));
    }
  }
  const table = {
    title: 'All parts of a funnel of three steps, one after the other in one process; lines are made up, not read',
    columns: ['data', 'parts', 'in use MiB', 'ratio', 'peak RSS MiB', 'ratio', 'target', 's'],
    rows,
    note: 'In use: heap and memory outside it after a full collection, the most of some hundred looks. RSS has garbage too.',
  };
  return { part: 'by-user', tables: [table] };
}

function rowOf(data: string, { phases, peakBytes, inUseBytes, seconds }: Measure, even: Measure): string[] {
  return [
    data,
    phases.join(' + '),
    figure(inUseBytes / MIB, 0),
    figure(inUseBytes / even.inUseBytes),
    figure(peakBytes / MIB, 0),
    figure(peakBytes / even.peakBytes),
    '1.20',
    figure(seconds, 1),
  ];
}

async function measureOf(spread: Spread, size: Size, rounds: number): Promise<Measure> {
  const plain: Measure[] = [];
  for (let round = 0; round < rounds; round++) plain.push(await runOnce(spread, size, 'plain'));
  const { phases, inUseBytes } = await runOnce(spread, size, 'collected');
  const peakBytes = median(plain.map((measure) => measure.peakBytes));
  return { phases, inUseBytes, peakBytes, seconds: median(plain.map(({ seconds }) => seconds)) };
}

async function runOnce(spread: Spread, { events, pieces }: Size, mode: 'plain' | 'collected'): Promise<Measure> {
  const { stdout } = await run(process.execPath, [SCRIPT, spread, String(events), String(pieces), mode]);
  return JSON.parse(stdout) as Measure;
}
