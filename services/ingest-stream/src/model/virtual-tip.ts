import type { StreamTip, TipPage, TipStart } from '../progress/stream-tip.ts';
import type { Random } from './random.ts';
import type { VirtualShard, VirtualStream } from './virtual-stream.ts';

const RECORDS_A_PAGE = 2;
/** Where a shard was quiet, each answer without records leads so far on. */
const QUIET_PAGE_MS = 5_400_000;
/** More than a read of the progress takes. */
const MAX_QUIET_PAGES = 200;

interface VirtualTipDeps {
  readonly stream: VirtualStream;
  readonly random: Random;
  readonly now: () => number;
  /** Awaited before each answer, except those without records. */
  readonly call: () => Promise<void>;
}

/** Where an answer ends. */
interface Place {
  /** Of the next record. */
  readonly index: number;
  /** There is no record between this time and the next record. */
  readonly time: number;
}

interface PlacedPage extends Omit<TipPage, 'next'> {
  readonly place: Place;
}

/** What a sweep sees of the stream. Like Kinesis, it answers many times with no records although there are some. */
export function createVirtualTip({ stream, random, now, call }: VirtualTipDeps): StreamTip {
  return {
    async listShards() {
      await call();
      return stream.shards.map((shard) => stream.streamShardOf(shard));
    },

    async *readFrom(shardId, start) {
      const shard = stream.shards.find(({ id }) => id === shardId);
      if (!shard) throw new Error(`no shard ${shardId}`);
      let place = placeAt(shard, start);
      await call();
      if (random.chance(0.3)) {
        yield { records: [], isTip: false, next: JSON.stringify(place) };
        await call();
      }
      for (let isTip = false; !isTip; ) {
        const page = pageAt(shard, place, now());
        ({ place, isTip } = page);
        yield { records: page.records, isTip, next: isTip && !shard.isOpen ? undefined : JSON.stringify(place) };
        if (page.records.length > 0) await call();
      }
    },
  };
}

function placeAt({ records, createdAt }: VirtualShard, start: TipStart): Place {
  if ('next' in start) return JSON.parse(start.next);
  const { sequenceNumber = '' } = start;
  const index = records.findIndex((record) => record.sequenceNumber >= sequenceNumber);
  const first = sequenceNumber === '' ? undefined : records[index];
  return { index: index < 0 ? records.length : index, time: first?.arrival ?? createdAt };
}

function pageAt({ records }: VirtualShard, { index, time }: Place, now: number): PlacedPage {
  const from = Math.max(time, now - MAX_QUIET_PAGES * QUIET_PAGE_MS);
  if ((records[index]?.arrival ?? now) - from > QUIET_PAGE_MS) {
    return { records: [], isTip: false, place: { index, time: from + QUIET_PAGE_MS } };
  }
  const page = records.slice(index, index + RECORDS_A_PAGE);
  const place = { index: index + page.length, time: page.at(-1)?.arrival ?? now };
  return { records: page, isTip: place.index === records.length && now - place.time <= QUIET_PAGE_MS, place };
}
