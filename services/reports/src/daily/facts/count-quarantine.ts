import type { Readable } from 'node:stream';
import { decompressed, hourPrefix, type ObjectStore, wholeLines } from '@weir/archive';
import { compareText } from '../compare-text.ts';
import type { DailyFacts } from '../daily-report.ts';

const HOUR_MS = 3_600_000;

/** What a line of the quarantine says about its event. */
interface QuarantineLine {
  readonly reason: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly index: number;
  /** Epoch milliseconds. */
  readonly arrival: number;
}

/** Counts the refused events that arrived in a range, by reason. Lines are streamed: an object may be large. */
export async function countQuarantine(
  objects: Pick<ObjectStore, 'list' | 'get'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<DailyFacts['quarantine']> {
  const counts = new Map<string, number>();
  for (let hour = Math.floor(from / HOUR_MS); hour * HOUR_MS < to; hour++) {
    // A batch that died after it had written an object wrote its lines again, into the same hour of arrival.
    const seen = new Set<string>();
    for await (const { key } of objects.list(hourPrefix('quarantine', hour))) {
      for await (const { reason, arrival, position } of linesOf(await objects.get(key))) {
        if (arrival < from || arrival >= to || seen.has(position)) continue;
        seen.add(position);
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || compareText(a.reason, b.reason));
}

async function* linesOf(object: Readable) {
  for await (const block of wholeLines(decompressed(object))) {
    for (const text of block.toString().split('\n')) {
      if (text === '') continue;
      const { reason, shardId, sequenceNumber, index, arrival } = JSON.parse(text) as QuarantineLine;
      yield { reason, arrival, position: `${shardId}:${sequenceNumber}:${index}` };
    }
  }
}
