import { decompressed, type ObjectStore, wholeLines } from '@weir/archive';
import type { BucketDifference } from '@weir/dynamodb/audits';
import { DAY_MS } from '../cells/time.ts';
import type { Checkpoint } from './checkpoint.ts';

/** Epoch milliseconds, whole hours; `to` is exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What differs in a range: its minutes and hours, and the UTC days that it touches, in order of days, then actions.
 */
export async function* readDifferences(
  files: ObjectStore,
  { span, differences }: Checkpoint,
  range: Range,
): AsyncGenerator<BucketDifference> {
  for (const [i, key] of differences.entries()) {
    const day = (span.from + i) * DAY_MS;
    if (day >= range.to || day + DAY_MS <= range.from) continue;
    for await (const difference of readAll(files, key)) if (isWithin(difference, range)) yield difference;
  }
}

async function* readAll(files: ObjectStore, key: string): AsyncGenerator<BucketDifference> {
  for await (const block of wholeLines(decompressed(await files.get(key)))) {
    for (const line of block.toString().split('\n')) if (line !== '') yield JSON.parse(line) as BucketDifference;
  }
}

function isWithin({ unit, start }: BucketDifference, { from, to }: Range): boolean {
  return unit === 'day' || (start >= from && start < to);
}
