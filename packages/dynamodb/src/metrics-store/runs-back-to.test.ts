import { expect } from 'chai';
import { MemoryMetricsStore } from './memory-metrics-store.ts';
import type { ArchiveRuns } from './metrics-store.ts';
import { runsBackTo } from './runs-back-to.ts';

const RUNS = 2000;

describe('the newest runs of a log, back to a certain one', () => {
  const store = new MemoryMetricsStore();
  const reads: [limit: number, before: number | undefined][] = [];
  const watched: Pick<ArchiveRuns, 'newestRuns'> = {
    newestRuns(logId, limit, before) {
      reads.push([limit, before]);
      return store.newestRuns(logId, limit, before);
    },
  };
  before(async () => {
    const run = { logId: '1.0', digest: 'd', swept: false };
    for (let i = 0; i < RUNS; i++) await store.addRun({ ...run, from: 3 * i, to: 3 * i + 2, hour: i });
  });
  beforeEach(() => reads.splice(0));

  it('end with that one, and are read once each', async () => {
    const runs = await runsBackTo(watched, '1.0', ({ hour }) => hour < 300);
    expect(runs.map(({ hour }) => hour)).to.deep.equal(Array.from({ length: 1701 }, (_, i) => RUNS - 1 - i));
    expect(reads).to.deep.equal([
      [24, undefined],
      [96, 3 * (RUNS - 24)],
      [384, 3 * (RUNS - 120)],
      [1000, 3 * (RUNS - 504)],
      [1000, 3 * (RUNS - 1504)],
    ]);
  });

  it('are few reads where that one is new', async () => {
    expect(await runsBackTo(watched, '1.0', () => true)).to.have.length(1);
    expect(reads).to.deep.equal([[24, undefined]]);
  });

  it('are all of them if it is not there', async () => {
    expect(await runsBackTo(watched, '1.0', () => false)).to.have.length(RUNS);
    expect(await runsBackTo(watched, '2.0', () => false)).to.deep.equal([]);
  });
});
