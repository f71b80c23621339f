import { compress, runObjectKey } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createArchiveReader } from '@weir/archive/reading';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { padSequenceNumber } from '@weir/events';
import { expect } from 'chai';

const HOURS = 365 * 24;
const FROM_HOUR = Date.UTC(2025, 0, 1) / 3_600_000;
const LOG_ID = '1764000000.0';
const position = { sequenceNumber: padSequenceNumber(String(HOURS)), index: 0 };
const head = { logId: LOG_ID, number: HOURS - 1, position, parents: [], lastArrival: undefined };

/** Counts calls by their names. */
class CountedObjects extends MemoryObjectStore {
  readonly calls = { get: 0, list: 0 };
  #listing = 0;
  /** Listings that ran at the same time, at most. */
  listedAtOnce = 0;

  override get(key: string): ReturnType<MemoryObjectStore['get']> {
    this.calls.get++;
    return super.get(key);
  }

  override async *list(prefix: string, after?: string): ReturnType<MemoryObjectStore['list']> {
    this.calls.list++;
    this.listedAtOnce = Math.max(this.listedAtOnce, ++this.#listing);
    yield* super.list(prefix, after);
    this.#listing--;
  }
}

describe('a year of a log', function () {
  this.timeout(60_000);

  it('is read with one GET an hour and one LIST a day, eight of them at once', async () => {
    const store = new MemoryMetricsStore();
    const objects = new CountedObjects(() => 0);
    const at = `shardId-000000000000:${position.sequenceNumber}:0`;
    const event = '{"userId":"u","action":"a","timestamp":1735689600000}';
    const bytes = compress(
      Buffer.from(`{"at":"${at}","arrival":1735689600000,"outcome":"counted","event":${event}}\n`),
    );
    for (let n = 0; n < HOURS; n++) {
      const run = { logId: LOG_ID, from: n, to: n, hour: FROM_HOUR + n, digest: '0'.repeat(32), swept: true };
      await store.addRun(run);
      await objects.put(runObjectKey(run) ?? '', bytes);
    }
    const reader = createArchiveReader({ store, objects });
    let lines = 0;
    for await (const piece of reader.listPieces({ head, fromHour: FROM_HOUR })) {
      expect(piece.bytes).to.equal(bytes.length);
      for await (const block of reader.readLines(piece)) lines += block.length;
    }
    expect(lines).to.equal(HOURS);
    expect(objects.calls).to.deep.equal({ get: HOURS, list: 365 });
    expect(objects.listedAtOnce).to.equal(8);
  });
});
