import { expect } from 'chai';
import type { Tail } from '../log-tails/log-tails.ts';
import { type BucketRange, NOTHING_FOLDED, type StoredRow } from '../metrics-store/metrics-store.ts';
import { KeptRows } from './kept-rows.ts';

const LOG = '1.0';
const range = (from: number, to: number, action = 'a'): BucketRange => ({ kind: 'hour', subject: action, from, to });
const row = (bucket: number, upTo: number, logId = LOG): StoredRow => {
  return { key: { kind: 'hour', subject: 'a', bucket, logId }, upTo, body: Uint8Array.of(bucket) };
};
const READING = {
  kind: 'hour' as const,
  decode: (body: Uint8Array) => [...body],
  merge: (bodies: readonly number[][]) => bodies.flat(),
  /** Eight hours of 16 KB, and some bytes for rows. */
  maxBytes: 8 * 16 * 1024 + 100,
};
/** The tail of a log whose entries up to `base` are not held. */
const tail = (base: number, logId = LOG): Tail => {
  const watermark = { ...NOTHING_FOLDED, number: base };
  return { item: { logId, parents: [], watermark }, base, entries: [] };
};

describe('rows kept between queries', () => {
  let rows: StoredRow[];
  let asked: BucketRange[];
  let kept: KeptRows<number[]>;
  beforeEach(() => {
    rows = [];
    asked = [];
    const queryRows = async (query: BucketRange) => {
      asked.push(query);
      return rows.filter(({ key }) => key.bucket >= query.from && key.bucket <= query.to);
    };
    kept = new KeptRows({ queryRows }, READING);
  });
  const read = (from: number, to: number, tails: readonly Tail[] = [tail(0)]) =>
    kept.read({ action: 'a', runs: [{ from, to }] }, tails);

  it('are read once, and decoded, while the tail reaches back to what they hold', async () => {
    rows = [row(5, 3), row(6, 4)];
    for (const _ of [1, 2]) {
      const buckets = await read(5, 7, [tail(3)]);
      expect([5, 6, 7].map((bucket) => buckets.get(bucket)?.body)).to.deep.equal([[5], [6], undefined]);
      expect([5, 6, 7].map((bucket) => buckets.get(bucket)?.upTo.get(LOG))).to.deep.equal([3, 4, 3]);
    }
    expect(asked).to.deep.equal([range(5, 7)]);
  });

  it('are read anew once entries that they lack have left the tail, and only those', async () => {
    rows = [row(5, 3), row(6, 9)];
    await read(5, 7, [tail(3)]);
    rows = [row(5, 8), row(6, 9)];
    const buckets = await read(5, 7, [tail(8)]);
    expect(buckets.get(5)?.upTo.get(LOG)).to.equal(8);
    // 6 holds everything; 7 had no row, and was at the watermark.
    expect(asked.at(-1)).to.deep.equal(range(5, 7));
    await read(6, 6, [tail(9)]);
    expect(asked).to.have.length(2);
  });

  it('are read anew for a log that they do not know', async () => {
    rows = [row(5, 3)];
    await read(5, 5);
    rows = [row(5, 3), row(5, 1, '1.1')];
    const buckets = await read(5, 5, [tail(0), tail(0, '1.1')]);
    expect(buckets.get(5)?.body).to.deep.equal([5, 5]);
    expect([...(buckets.get(5)?.upTo ?? [])]).to.deep.equal([
      [LOG, 3],
      ['1.1', 1],
    ]);
    expect(asked).to.have.length(2);
  });

  it('are read between the first and the last that are not held', async () => {
    rows = [row(5, 3)];
    await read(4, 6);
    await read(2, 9);
    expect(asked.at(-1)).to.deep.equal(range(2, 9));
    await read(2, 11);
    expect(asked.at(-1)).to.deep.equal(range(10, 11));
  });

  it('are not kept for an action that has none, because any caller may ask for such an action', async () => {
    await read(5, 5);
    await read(5, 5);
    expect(asked).to.have.length(2);
  });

  it('are forgotten when that is asked for', async () => {
    rows = [row(5, 3)];
    await read(5, 5);
    kept.forget();
    await read(5, 5);
    expect(asked).to.have.length(2);
  });

  it('are asked for in parts of some 2,000 rows', async () => {
    await read(0, 2_500);
    expect(asked).to.deep.equal([range(0, 1_999), range(2_000, 2_500)]);
    asked = [];
    await read(0, 1_999, [tail(0), tail(0, '1.1')]);
    expect(asked).to.deep.equal([range(0, 999), range(1_000, 1_999)]);
  });

  it('of several runs are read run by run', async () => {
    rows = [row(1, 3), row(9, 3)];
    const runs = [
      { from: 1, to: 2 },
      { from: 9, to: 9 },
    ];
    const buckets = await kept.read({ action: 'a', runs }, [tail(0)]);
    expect([...buckets.keys()]).to.deep.equal([1, 2, 9]);
    expect(asked).to.deep.equal([range(1, 2), range(9, 9)]);
  });

  describe('past their limit', () => {
    const hoursOf = (action: string, to: number) => kept.read({ action, runs: [{ from: 1, to }] }, [tail(0)]);
    const countAsked = async (action: string) => {
      asked = [];
      await hoursOf(action, 1);
      return asked.length;
    };
    beforeEach(() => {
      rows = [row(1, 3)];
    });

    it('are dropped by whole actions, first those that were not asked for the longest time', async () => {
      await hoursOf('a', 3);
      await hoursOf('b', 3);
      await hoursOf('a', 1);
      await hoursOf('c', 3);
      expect([await countAsked('a'), await countAsked('c')]).to.deep.equal([0, 0]);
      expect(await countAsked('b')).to.equal(1);
    });

    it('of one action are those of its last query', async () => {
      await hoursOf('a', 5);
      await kept.read({ action: 'a', runs: [{ from: 6, to: 10 }] }, [tail(0)]);
      asked = [];
      await kept.read({ action: 'a', runs: [{ from: 6, to: 10 }] }, [tail(0)]);
      expect(asked).to.deep.equal([]);
      expect(await countAsked('a')).to.equal(1);
    });

    it('are not kept at all if one query alone needs more; the answer is whole, and others are kept', async () => {
      await hoursOf('b', 3);
      const buckets = await hoursOf('a', 9);
      expect([buckets.size, buckets.get(1)?.body]).to.deep.equal([9, [1]]);
      expect([await countAsked('b'), await countAsked('a')]).to.deep.equal([0, 1]);
    });
  });
});
