import { expect } from 'chai';
import type { Tail } from '../log-tails/log-tails.ts';
import { type BucketRange, NOTHING_FOLDED, type StoredRow } from '../metrics-store/metrics-store.ts';
import { KeptRows } from './kept-rows.ts';

const LOG = '1.0';
const range = (from: number, to: number, action = 'a'): BucketRange => ({ kind: 'hour', subject: action, from, to });
const row = (bucket: number, upTo: number, logId = LOG): StoredRow => {
  return { key: { kind: 'hour', subject: 'a', bucket, logId }, upTo, body: Uint8Array.of(bucket) };
};
/** The tail of a log whose entries up to `base` are not held. */
const tail = (base: number, logId = LOG): Tail => {
  const watermark = { ...NOTHING_FOLDED, number: base };
  return { item: { logId, parents: [], watermark }, base, entries: [] };
};

describe('rows kept between queries', () => {
  let rows: StoredRow[];
  let asked: BucketRange[];
  let kept: KeptRows<number>;
  beforeEach(() => {
    rows = [];
    asked = [];
    const queryRows = async (query: BucketRange) => {
      asked.push(query);
      return rows.filter(({ key }) => key.bucket >= query.from && key.bucket <= query.to);
    };
    kept = new KeptRows({ queryRows }, ({ body }) => body[0] ?? 0);
  });
  const read = (from: number, to: number, tails: readonly Tail[] = [tail(0)]) => kept.read(range(from, to), tails);

  it('are read once, and decoded, while the tail reaches back to what they hold', async () => {
    rows = [row(5, 3), row(6, 4)];
    for (const _ of [1, 2]) {
      const buckets = await read(5, 7, [tail(3)]);
      expect([5, 6, 7].map((bucket) => buckets.get(bucket)?.rows.map(({ body }) => body))).to.deep.equal([
        [5],
        [6],
        [],
      ]);
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
    expect(buckets.get(5)?.rows.map(({ logId }) => logId)).to.deep.equal([LOG, '1.1']);
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

  it('are all let go once they are more than 8,000 with their buckets, and the answer is whole', async () => {
    rows = Array.from({ length: 4_000 }, (_, bucket) => row(bucket, 3));
    await read(0, 3_999);
    await read(0, 3_999);
    expect(asked).to.have.length(1);
    rows.push(row(4_000, 3));
    const buckets = await read(4_000, 4_000);
    expect([buckets.get(0)?.rows.length, buckets.get(4_000)?.rows.length]).to.deep.equal([1, 1]);
    await read(0, 0);
    expect(asked).to.have.length(3);
  });
});
