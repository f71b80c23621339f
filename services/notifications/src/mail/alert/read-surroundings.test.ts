import type { BucketsReader, MetricsReader } from '@weir/dynamodb';
import { sampleFiring } from '@weir/mail/testing';
import { expect } from 'chai';
import { MAX_CHARTED_ACTIONS, readSurroundings } from './read-surroundings.ts';

const MINUTE_MS = 60_000;

/** A reader that finds one event in each minute that is asked for, and notes what it was asked. */
function createReader(actions: readonly string[] = []) {
  const asked: { readonly action: string; readonly from: number; readonly to: number }[] = [];
  const reader = {
    listActions: async () => actions.map((action) => ({ action })),
    readBuckets: async (query: (typeof asked)[number]) => {
      asked.push(query);
      const start = query.from;
      const totals = { count: 7, sum: 7, compensation: 0, min: 1, max: 1 };
      return { buckets: [{ start, end: start + MINUTE_MS, totals, users: undefined, values: undefined }], asOf: 0 };
    },
  } as unknown as BucketsReader & MetricsReader;
  return { reader, asked };
}

describe('the buckets around one that fired', () => {
  const firing = sampleFiring();
  const { start } = firing.bucket;

  it('are those of 24 before it, up to now, and three after it at most', async () => {
    const { reader, asked } = createReader();
    const at = (ms: number) => readSurroundings({ reader, now: () => start + ms }, firing);
    expect((await at(1_000))?.map((bucket) => (bucket.start - start) / MINUTE_MS)).to.deep.equal([
      ...Array.from({ length: 25 }, (_, number) => number - 24),
    ]);
    expect((await at(60 * MINUTE_MS))?.at(-1)?.start).to.equal(start + 3 * MINUTE_MS);
    expect(asked[0]).to.include({ action: 'checkout', from: start - 24 * MINUTE_MS, to: start + MINUTE_MS });
  });

  it('have what was counted, and the value that fired', async () => {
    const buckets = await readSurroundings({ reader: createReader().reader, now: () => start }, firing);
    expect([buckets?.[0]?.value, buckets?.[1]?.value, buckets?.at(-1)?.value]).to.deep.equal([7, 0, firing.value]);
  });

  it('add up the actions of a prefix, unless there are too many', async () => {
    const few = createReader(['shop.a', 'shop.b', 'other']);
    const ofShop = sampleFiring({}, { action: 'shop.*' });
    const buckets = await readSurroundings({ reader: few.reader, now: () => start }, ofShop);
    expect(few.asked.map(({ action }) => action)).to.deep.equal(['shop.a', 'shop.b']);
    expect(buckets?.[0]?.value).to.equal(14);
    const many = createReader(Array.from({ length: MAX_CHARTED_ACTIONS + 1 }, (_, number) => `shop.${number}`));
    expect(await readSurroundings({ reader: many.reader, now: () => start }, ofShop)).to.equal(undefined);
  });
});
