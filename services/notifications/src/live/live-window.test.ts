import { BUCKET_MS, bucketStart } from '@weir/alerts';
import { expect } from 'chai';
import { LIVE_BUCKETS, liveWindow } from './live-window.ts';

const NOW = Date.UTC(2025, 10, 24, 16, 20, 30);

describe('the buckets that clients see', () => {
  for (const interval of ['minute', 'hour', 'day'] as const) {
    it(`are the last ${LIVE_BUCKETS[interval]} of each ${interval}, with the open one`, () => {
      const { first, last } = liveWindow(interval, NOW);
      const open = bucketStart(interval, NOW);
      expect((open - first) / BUCKET_MS[interval] + 1).to.equal(LIVE_BUCKETS[interval]);
      expect(last).to.equal(bucketStart(interval, NOW + BUCKET_MS.day));
    });
  }
});
