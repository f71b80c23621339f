import { compressed } from '@weir/archive';
import type { BucketDifference } from '@weir/dynamodb/audits';
import { readCells } from '../../cells/cells.ts';
import type { AuditDeps, WorkFolder } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { archivedDay } from '../../compare/archived-rows.ts';
import { byAction } from '../../compare/by-action.ts';
import { compareDay } from '../../compare/compare-day.ts';
import { storedDay } from '../../compare/stored-rows.ts';
import { readTails, type Tail } from '../../rows/read-tails.ts';

/** Compares the next UTC day, one action at a time, and writes what differs. */
export async function compareNextDay({ store, work }: AuditDeps, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { span, base, end, differences } = checkpoint;
  if (!base || !end) throw new Error('the end of an audit is fixed before its days are compared');
  const day = span.from + differences.length;
  const tails = await readTails(store, base, end.heads);
  const key = work.newKey(`differences-${day}`);
  await work.files.putStream(key, compressed(linesOf(compareActions({ work, checkpoint, tails }, day))));
  return { ...checkpoint, differences: [...differences, key] };
}

interface Compared {
  readonly work: WorkFolder;
  readonly checkpoint: Checkpoint;
  readonly tails: readonly Tail[];
}

async function* compareActions({ work, checkpoint, tails }: Compared, epochDay: number) {
  const { span, rows, parts } = checkpoint;
  const files = [
    rows[epochDay - span.from] ?? '',
    ...parts.filter(({ day }) => day === epochDay).map(({ key }) => key),
  ];
  const inTails = new Set(tails.flatMap(({ entries }) => entries.flatMap(({ entry }) => [...entry.delta.keys()])));
  const streams = files.map((key) => readCells(work.files, key));
  for await (const { action, cells } of byAction(streams, [...inTails].sort())) {
    const [ofRows = [], ...ofLines] = cells;
    const stored = storedDay({ action, cells: ofRows }, epochDay, tails);
    yield* compareDay({ action, epochDay }, stored, archivedDay(ofLines.flat()));
  }
}

async function* linesOf(differences: AsyncIterable<BucketDifference>): AsyncIterable<Uint8Array> {
  for await (const difference of differences) yield Buffer.from(`${JSON.stringify(difference)}\n`);
}
