import type { StreamTip } from '../progress/stream-tip.ts';
import type { Random } from './random.ts';
import type { VirtualStream } from './virtual-stream.ts';

const RECORDS_A_PAGE = 2;

interface VirtualTipDeps {
  readonly stream: VirtualStream;
  readonly random: Random;
  /** Awaited before each answer. */
  readonly call: () => Promise<void>;
}

/** What a sweep sees of the stream. Like Kinesis, it sometimes answers with no records although there are some. */
export function createVirtualTip({ stream, random, call }: VirtualTipDeps): StreamTip {
  return {
    async listShards() {
      await call();
      return stream.shards.map((shard) => stream.streamShardOf(shard));
    },

    async *readFrom(shardId, sequenceNumber = '') {
      const shard = stream.shards.find(({ id }) => id === shardId);
      if (!shard) throw new Error(`no shard ${shardId}`);
      if (random.chance(0.3)) {
        await call();
        yield { records: [], isTip: false, isEnd: false };
      }
      for (let at = 0, isTip = false; !isTip; at += RECORDS_A_PAGE) {
        await call();
        const ahead = shard.records.filter((record) => record.sequenceNumber >= sequenceNumber).slice(at);
        isTip = ahead.length <= RECORDS_A_PAGE;
        yield { records: ahead.slice(0, RECORDS_A_PAGE), isTip, isEnd: isTip && !shard.isOpen };
      }
    },
  };
}
