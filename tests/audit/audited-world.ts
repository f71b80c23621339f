import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { PeopleLines } from '@weir/api/src/erasures/archive/people-lines.ts';
import { People } from '@weir/api/src/erasures/cohort/people.ts';
import { compress, decompress, digestOf, parseObjectKey, runObjectKey } from '@weir/archive';
import { type AuditFindings, auditAtOnce } from '@weir/audit/at-once';
import type { BucketDifference } from '@weir/dynamodb/audits';
import { rewriteClosedHours } from '@weir/ingest-stream/src/archive/rewrite-hours.ts';
import { foldLog } from '@weir/ingest-stream/src/fold/fold-log.ts';
import {
  createConsumerFixture,
  eventText,
  LOG_ID,
  NOW,
  recordsOf,
  SHARD_ID,
} from '@weir/ingest-stream/src/testing/consumer-fixture.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const DAY = Math.floor(NOW / DAY_MS) * DAY_MS;

/** What the audited day is made of: three hours of events. The first two are swept, and the last one is not folded. */
const BATCHES = [
  [
    { n: 1, userId: 'u1', value: 2 },
    { userId: 'u2', value: 5 },
    { action: 'b', userId: 'u1', id: 'one' },
  ],
  // A duplicate; an action past the limit; an event of the day before, and one of the day after.
  [
    { action: 'b', userId: 'u1', id: 'one' },
    { action: 'c', value: -1 },
    { timestamp: DAY - 1 },
    { timestamp: DAY + DAY_MS },
  ],
  [
    { userId: 'gone', value: 3 },
    { userId: 'u3', value: 0.1 },
    { userId: 'u4', value: 0.2 },
  ],
  [{ userId: 'u5', value: 7 }],
];

interface AuditHow {
  readonly isStepwise?: boolean;
  readonly maxBytes?: number;
  /** What happens just before the audit's first call of a kind. */
  readonly before?: Partial<
    Record<'list' | 'listAllTime' | 'queryRows' | 'readAfter' | 'readBackwards' | 'newestRuns', () => Promise<void>>
  >;
}

/** A day as the consumer counts it, with a sweep and an erasure in between. */
export class AuditedWorld {
  readonly fixture = createConsumerFixture();
  #consumer = this.fixture.newConsumer();
  #sequence = 1;

  get store() {
    return this.fixture.store;
  }

  get objects() {
    return this.fixture.objects.objects;
  }

  static async make(): Promise<AuditedWorld> {
    const world = new AuditedWorld();
    for (const [i, batch] of BATCHES.entries()) {
      if (i === BATCHES.length - 1) await world.#sweep();
      await world.send(batch, NOW + i * HOUR_MS);
    }
    await world.#erase('gone');
    return world;
  }

  /** Events arrive, and are counted. */
  async send(events: readonly Record<string, unknown>[], arrival: number): Promise<void> {
    this.fixture.clock.now = arrival;
    const texts = events.map((fields) => eventText({ timestamp: arrival, ...fields }));
    const records = recordsOf(texts, { first: this.#sequence, arrival });
    this.#sequence += records.length;
    const result = await this.#consumer.consume({ shardId: SHARD_ID, records });
    if (result.kind === 'failed') throw result.error;
  }

  /** What an audit of the day finds. */
  async audit({ before = {}, ...how }: AuditHow = {}): Promise<AuditFindings> {
    const { store, objects } = this.fixture;
    const left = { ...before };
    const watched = new Proxy(store, {
      get: (target, name) => {
        const beforeFirst = async () => {
          const first = left[name as keyof typeof left];
          delete left[name as keyof typeof left];
          await first?.();
        };
        const call = Reflect.get(target, name).bind(target);
        if (name !== 'readBackwards') return (...args: unknown[]) => beforeFirst().then(() => call(...args));
        return async function* (...args: unknown[]) {
          await beforeFirst();
          yield* call(...args);
        };
      },
    });
    return auditAtOnce({ store: watched, objects }, { from: DAY, to: DAY + DAY_MS, ...how });
  }

  async fold(): Promise<void> {
    const deps = { store: this.store, now: () => this.fixture.clock.now };
    await foldLog(deps, LOG_ID, { deadline: Number.POSITIVE_INFINITY });
  }

  /** Key of the object that holds an arrival `hours` after the first one. */
  keyAt(hours: number): string {
    const hour = Math.floor(NOW / HOUR_MS) + hours;
    const key = [...this.objects.keys()].find(
      (name) => name.startsWith('events/') && parseObjectKey(name)?.hour === hour,
    );
    if (key === undefined) throw new Error(`no object of hour ${hours}`);
    return key;
  }

  /** Puts other lines into an object, by hand: its name stays. */
  async changeLines(key: string, change: (lines: string[]) => string[]): Promise<void> {
    const lines = (await this.#textOf(key)).trimEnd().split('\n');
    await this.fixture.objects.put(key, compress(Buffer.from(`${change(lines).join('\n')}\n`)));
  }

  async #sweep(): Promise<void> {
    const { store, objects } = this.fixture;
    this.fixture.clock.now += 3 * HOUR_MS;
    await this.fold();
    const deps = { store, objects, now: () => this.fixture.clock.now };
    await rewriteClosedHours(deps, LOG_ID, Number.POSITIVE_INFINITY);
  }

  /** As an erasure does it: new bytes, a new digest of the run, and the old object goes. */
  async #erase(userId: string): Promise<void> {
    const key = this.keyAt(2);
    const run = await this.store.findRun(LOG_ID, parseObjectKey(key)?.number ?? -1);
    if (!run) throw new Error(`no run of ${key}`);
    const lines = new PeopleLines(new People([{ member: 0, userId, until: Number.POSITIVE_INFINITY }]));
    const bytes = compress(Buffer.concat([...lines.rewrite(Buffer.from(await this.#textOf(key)))]));
    const digest = digestOf(createHash('sha256').update(bytes).digest('hex'));
    await this.fixture.objects.put(runObjectKey({ ...run, digest }) ?? '', bytes);
    this.store.replaceDigest(run, digest);
    await this.fixture.objects.remove([key]);
  }

  async #textOf(key: string): Promise<string> {
    return Buffer.from(decompress(await buffer(await this.fixture.objects.get(key)))).toString();
  }
}

/** Buckets as `unit action HH:MM field`. */
export function namesOf(buckets: readonly BucketDifference[]): string[] {
  return buckets.map(({ unit, action, start, field }) => `${unit} ${action} ${timeOf(start)} ${field}`);
}

function timeOf(start: number): string {
  return new Date(start).toISOString().slice(11, 16);
}
