import {
  ActivityBuilder,
  DeltaBuilder,
  decodeLogEntry,
  encodeActivityRow,
  encodeLogEntry,
  foldIntoActivityRow,
  userHash,
} from '@weir/aggregates';
import { expect } from 'chai';
import type { EntryWrite, MetricsStore, RowKey } from '../metrics-store/metrics-store.ts';
import { type ActivityStore, createActivityStore } from './activity-store.ts';

const DAY_MS = 86_400_000;
const DAY = Date.UTC(2026, 0, 10);
const LOG = '1.0';
const EXPIRES = 2_000_000_000;

type Event = readonly [userId: string, action: string, timestamp: number, value: number];

/** What reading and erasing do on every implementation of the store. `open` gives an empty one. */
export function describeActivityStore(name: string, open: () => Promise<MetricsStore>): void {
  describe(`users' activity ${name}`, () => {
    let store: MetricsStore;
    let activity: ActivityStore;
    const now = () => DAY;
    beforeEach(async () => {
      store = await open();
      activity = createActivityStore({ store, now });
      await store.register(LOG, []);
    });

    const append = (number: number, ...events: readonly Event[]) =>
      store.append(LOG, entry(number, ...events), EXPIRES);
    const read = (userId: string, from = DAY, to = DAY + 2 * DAY_MS) => activity.readActivity({ userId, from, to });
    /** Adds entries to a user's row of DAY, as a fold does. */
    const fold = async (userId: string, entries: readonly EntryWrite[], madeFrom?: number) => {
      const [row] = await store.readRows([rowKey(userId)]);
      if (row?.upTo !== madeFrom) throw new Error(`the row stands at ${row?.upTo}`);
      let body = foldIntoActivityRow(undefined, [], 0);
      for (const { body: bytes } of entries) {
        const { activity: added } = decodeLogEntry(bytes);
        for (let i = 0; i < (added?.hashes.length ?? 0) / 2; i++) {
          body = foldIntoActivityRow(body, added?.actionsAt(i) ?? [], DAY / DAY_MS);
        }
      }
      const upTo = entries.at(-1)?.number ?? 0;
      const write = { key: rowKey(userId), upTo, body: encodeActivityRow(body), madeFrom, expiresAt: EXPIRES };
      return store.writeRows([write]);
    };

    it('adds up entries and rows by day and action, in order, and each entry once', async () => {
      await append(0, ['ann', 'see', DAY + 5, 1], ['ann', 'buy', DAY + 6, 0.25], ['bob', 'buy', DAY, 50]);
      await append(1, ['ann', 'buy', DAY + 7, 0.5], ['ann', 'see', DAY + DAY_MS, 3]);
      const expected = [
        { day: DAY, action: 'buy', count: 2, sum: 0.75 },
        { day: DAY, action: 'see', count: 1, sum: 1 },
        { day: DAY + DAY_MS, action: 'see', count: 1, sum: 3 },
      ];
      expect(await read('ann')).to.deep.equal(expected);
      await fold('ann', [entry(0, ['ann', 'see', DAY + 5, 1], ['ann', 'buy', DAY + 6, 0.25])]);
      expect(await read('ann')).to.deep.equal(expected);
      expect(await read('nobody')).to.deep.equal([]);
    });

    it('answers the days that the range touches, and no others', async () => {
      await append(0, ['ann', 'a', DAY - 1, 1], ['ann', 'b', DAY, 1], ['ann', 'c', DAY + DAY_MS, 1]);
      expect((await read('ann', DAY + 7, DAY + 8)).map(({ action }) => action)).to.deep.equal(['b']);
      expect((await read('ann', DAY - 1, DAY + DAY_MS + 1)).map(({ action }) => action)).to.deep.equal(['a', 'b', 'c']);
      expect(await read('ann', DAY + 7, DAY - DAY_MS)).to.deep.equal([]);
      expect(await read('ann', -1e15, 1e18)).to.have.length(3);
    });

    it('erases the rows of one user only, and that user’s part of what waits in the log', async () => {
      const bob = await append(0, ['ann', 'a', DAY, 1], ['bob', 'a', DAY, 1]).then(() => read('bob'));
      await fold('ann', [entry(0, ['ann', 'a', DAY, 1])]);
      await append(1, ['ann', 'a', DAY, 1], ['ann', 'a', DAY + DAY_MS, 1]);
      expect(await activity.eraseActivity('ann')).to.deep.equal({ rows: 2 });
      expect(await read('ann')).to.deep.equal([]);
      expect(await read('bob')).to.deep.equal(bob);
      expect(await activity.eraseActivity('ann')).to.deep.equal({ rows: 0 });
      expect(await activity.eraseActivity('nobody')).to.deep.equal({ rows: 0 });
    });

    it('counts events that come after an erasure', async () => {
      await append(0, ['ann', 'a', DAY, 1]);
      await activity.eraseActivity('ann');
      await append(1, ['ann', 'a', DAY, 5]);
      const anew = [{ day: DAY, action: 'a', count: 1, sum: 5 }];
      expect(await read('ann')).to.deep.equal(anew);
      expect(await fold('ann', [entry(1, ['ann', 'a', DAY, 5])], 0.5)).to.deep.equal([]);
      expect(await read('ann')).to.deep.equal(anew);
    });

    it('refuses the write of a fold that read the row before it was emptied', async () => {
      const first = entry(0, ['ann', 'a', DAY, 1]);
      await append(0, ['ann', 'a', DAY, 1]);
      await fold('ann', [first]);
      await store.raiseWatermark(LOG, { number: 0, position: { sequenceNumber: '0', index: 0 }, arrival: DAY });
      await activity.eraseActivity('ann');
      const late = { key: rowKey('ann'), upTo: 1, body: encodeActivityRow(new Map()), madeFrom: 0, expiresAt: EXPIRES };
      expect(await store.writeRows([late])).to.deep.equal([rowKey('ann')]);
    });

    it('empties again a row that changes while it is being erased', async () => {
      await append(0, ['ann', 'a', DAY, 1]);
      const queryRows: MetricsStore['queryRows'] = async (range) => {
        const found = await store.queryRows(range);
        await fold('ann', [entry(0, ['ann', 'a', DAY, 1])]);
        return found;
      };
      const folding = new Proxy(store, {
        get: (target, name) => (name === 'queryRows' ? queryRows : Reflect.get(target, name).bind(target)),
      });
      expect(await createActivityStore({ store: folding, now }).eraseActivity('ann')).to.deep.equal({ rows: 1 });
      expect(await read('ann')).to.deep.equal([]);
      expect((await store.readRows([rowKey('ann')])).map(({ upTo }) => upTo)).to.deep.equal([0.5]);
    });
  });
}

function entry(number: number, ...events: readonly Event[]): EntryWrite {
  const delta = new DeltaBuilder();
  const activity = new ActivityBuilder();
  for (const [userId, action, timestamp, value] of events) {
    delta.add(action, timestamp, value, userId);
    activity.add(action, timestamp, value, userId);
  }
  const body = encodeLogEntry({
    from: undefined,
    to: { sequenceNumber: String(number), index: 0 },
    firstArrival: DAY,
    lastArrival: DAY,
    appendedAt: DAY,
    outcomes: { counted: events.length, duplicate: 0, other: 0, refused: 0 },
    archive: undefined,
    quarantine: undefined,
    delta: delta.build(),
    activity: activity.build(),
    ids: { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() },
  });
  return { number, body };
}

function rowKey(userId: string, day = DAY, logId = LOG): RowKey {
  return { kind: 'user', subject: userHash(userId), bucket: day / DAY_MS, logId };
}
