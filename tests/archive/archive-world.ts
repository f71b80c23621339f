import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { PeopleLines } from '@weir/api/src/erasures/archive/people-lines.ts';
import { People } from '@weir/api/src/erasures/cohort/people.ts';
import { compress, decompress, digestOf, runObjectKey } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';
import { type ArchiveReader, createArchiveReader } from '@weir/archive/reading';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { removeOrphans, rewriteClosedHours } from '@weir/ingest-stream/src/archive/rewrite-hours.ts';
import type { Random } from '@weir/ingest-stream/src/model/random.ts';
import {
  createConsumerFixture,
  eventText,
  LOG_ID,
  recordsOf,
  SHARD_ID,
} from '@weir/ingest-stream/src/testing/consumer-fixture.ts';

const MINUTE_MS = 60_000;
const NEVER = Number.POSITIVE_INFINITY;
export const USERS = ['u1', 'u2', 'u3'];

/** One log whose hours are swept, and whose people are erased, between any two calls of a reader. */
export class ArchiveWorld {
  readonly fixture = createConsumerFixture();
  readonly random: Random;
  /** Number of events that were sent; the records are numbered from 1. */
  sent = 0;
  readonly arrivals: number[] = [];
  #happening = Promise.resolve();
  readonly #consumer = this.fixture.newConsumer();

  constructor(random: Random) {
    this.random = random;
  }

  /** A reader; `turn` runs before each of its calls. */
  reader(turn: () => Promise<void> = async () => {}): ArchiveReader {
    const { store, objects, clock } = this.fixture;
    return createArchiveReader({
      store: new MemoryMetricsStore(turn, store.items),
      objects: new MemoryObjectStore(() => clock.now, turn, objects.objects),
    });
  }

  /** Something happens, or nothing. A reader fetches several objects at once: one thing happens after the other. */
  async happen(): Promise<void> {
    this.#happening = this.#happening.then(async () => {
      if (this.random.chance(0.1)) await this.consume();
      if (this.random.chance(0.1)) await this.sweep();
      if (this.random.chance(0.1)) await this.erase();
    });
    await this.#happening;
  }

  /** Sends a batch, which may arrive over an hour's end. */
  async consume(): Promise<void> {
    const { clock } = this.fixture;
    const gap = this.random.pick([1, 1000, 20 * MINUTE_MS]);
    const texts = Array.from({ length: this.random.between(1, 4) }, (_, i) =>
      eventText({ userId: this.random.pick(USERS), n: this.sent + i, action: this.random.pick(['a', 'b', 'c']) }),
    );
    const records = recordsOf(texts, { first: this.sent + 1 }).map((record, i) => ({
      ...record,
      arrival: clock.now + i * gap,
    }));
    clock.now = records.at(-1)?.arrival ?? clock.now;
    this.arrivals.push(...records.map(({ arrival }) => arrival));
    this.sent += texts.length;
    const result = await this.#consumer.consume({ shardId: SHARD_ID, records });
    if (result.kind === 'failed') throw result.error;
    clock.now += this.random.pick([0, MINUTE_MS, 30 * MINUTE_MS]);
  }

  async sweep(): Promise<void> {
    const { store, objects, clock } = this.fixture;
    clock.now += this.random.pick([0, 10, 70, 200]) * MINUTE_MS;
    await rewriteClosedHours({ store, objects, now: () => clock.now }, LOG_ID, NEVER);
    await removeOrphans({ store, objects, now: () => clock.now }, LOG_ID);
  }

  /** Replaces the object of a run, as an erasure does. */
  async erase(): Promise<void> {
    const { store, objects } = this.fixture;
    const runs = (await store.newestRuns(LOG_ID, NEVER)).filter((run) => runObjectKey(run));
    if (runs.length === 0) return;
    const run = this.random.pick(runs);
    const key = runObjectKey(run) ?? '';
    const people = new People([{ member: 0, userId: this.random.pick(USERS), until: NEVER }]);
    const block = Buffer.from(decompress(await buffer(await objects.get(key))));
    const lines = new PeopleLines(people);
    if (!lines.areIn(block)) return;
    const bytes = compress(Buffer.concat([...lines.rewrite(block)]));
    const digest = digestOf(createHash('sha256').update(bytes).digest('hex'));
    await objects.put(runObjectKey({ ...run, digest }) ?? '', bytes);
    if (!store.replaceDigest(run, digest)) throw new Error('somebody else erases');
    await objects.remove([key]);
  }
}
