import { expect } from 'chai';
import type { MetricsStore } from '../metrics-store/metrics-store.ts';
import { NO_PASS, NOT_WALKED, type ObjectCounts, type Pass, type PassMember, type PassStore } from './passes-store.ts';

/** A store of passes, beside the store that has the runs. */
export interface OpenedPasses {
  readonly passes: PassStore;
  readonly metrics: MetricsStore;
}

const RUN = { logId: '1.0', from: 0, to: 4, hour: 7, digest: 'old', swept: true };
const countsOf = (key: string, ...counts: [number, number][]): ObjectCounts => {
  return { place: 'archive', key, counts: new Map(counts) };
};

/** What every implementation must do. `open` gives an empty one. */
export function describePassStore(name: string, open: () => Promise<OpenedPasses>): void {
  describe(`the store of passes ${name}`, () => {
    let passes: PassStore;
    let metrics: MetricsStore;
    beforeEach(async () => {
      ({ passes, metrics } = await open());
    });

    const begin = async (execution = 'x1') => (await passes.begin(await passes.find(), execution)) as Pass;
    const listed = async (pass: number) => {
      const found: ObjectCounts[] = [];
      for await (const counts of passes.listCounts(pass)) found.push(counts);
      return found;
    };

    it('has one pass at a time', async () => {
      expect(await passes.find()).to.deep.equal(NO_PASS);
      const first = await passes.begin(NO_PASS, 'x1');
      expect(first).to.deep.equal({ ...NO_PASS, number: 1, phase: 'gathering', execution: 'x1' });
      expect(await passes.begin(NO_PASS, 'x2')).to.equal(undefined);
      expect(await passes.begin(first as Pass, 'x2')).to.equal(undefined);
      expect(await passes.find()).to.deep.equal(first);
      await passes.end(1, 'settling');
      expect(await passes.find()).to.deep.equal(first);
      await passes.end(1, 'gathering');
      expect(await passes.begin(await passes.find(), 'x2')).to.include({ number: 2, phase: 'gathering' });
    });

    it('names another execution once for each that ended', async () => {
      const pass = await begin();
      expect(await passes.restart(pass, 'x2')).to.deep.equal({ ...pass, execution: 'x2' });
      expect(await passes.restart(pass, 'x3')).to.equal(undefined);
      await passes.end(1, 'gathering');
      expect(await passes.restart({ ...pass, execution: 'x2' }, 'x3')).to.equal(undefined);
    });

    it('gets its members once, however many', async () => {
      const idOf = (i: number) => `0b1f3c52-6f0e-4f52-9d5d-${String(i).padStart(12, '0')}`;
      const members: PassMember[] = Array.from({ length: 9_000 }, (_, i) => ({ id: idOf(i), revision: i }));
      await begin();
      expect(await passes.listMembers(await passes.find())).to.deep.equal([]);
      expect(await passes.open(1, members, 50)).to.equal(true);
      expect(await passes.open(1, members.slice(1), 60)).to.equal(false);
      const pass = await passes.find();
      expect(pass).to.deep.include({ phase: 'walking', beganAt: 50, walked: NOT_WALKED });
      expect(await passes.listMembers(pass)).to.deep.equal(members);
      await passes.endWalk(1);
      await passes.end(1, 'settling');
      expect(await passes.listMembers(pass)).to.deep.equal([]);
    });

    it('continues from its last object, while it walks', async () => {
      await begin();
      const walked = { area: 1, after: 'a/b', waitingHour: 7, failingHour: 8 };
      expect(await passes.save(1, walked)).to.equal(false);
      await passes.open(1, [], 50);
      expect(await passes.save(1, walked)).to.equal(true);
      expect((await passes.find()).walked).to.deep.equal(walked);
      await passes.save(1, { ...NOT_WALKED, area: 2 });
      expect((await passes.find()).walked).to.deep.equal({ ...NOT_WALKED, area: 2 });
      expect(await passes.endWalk(1)).to.equal(true);
      expect(await passes.endWalk(1)).to.equal(false);
      expect(await passes.save(1, walked)).to.equal(false);
      await passes.end(1, 'settling');
      await begin();
      await passes.open(2, [], 60);
      expect((await passes.find()).walked).to.deep.equal(NOT_WALKED);
    });

    it('gives a run its new digest and the pass its counts together, or neither', async () => {
      await begin();
      await passes.open(1, [], 50);
      await metrics.addRun(RUN);
      const replaced = { ...countsOf('new', [0, 3], [2, 1]), run: RUN, digest: 'new' };
      expect(await passes.replaceRun(1, { ...replaced, run: { ...RUN, digest: 'other' } })).to.equal(false);
      expect(await listed(1)).to.deep.equal([]);
      expect(await passes.replaceRun(1, replaced)).to.equal(true);
      expect(await passes.replaceRun(1, replaced)).to.equal(false);
      expect(await listed(1)).to.deep.equal([countsOf('new', [0, 3], [2, 1])]);
      expect(await metrics.findRun('1.0', 0)).to.include({ digest: 'new', to: 4 });
      await metrics.markSwept(RUN);
      expect(await metrics.findRun('1.0', 0)).to.include({ digest: 'new', swept: true });
    });

    it('takes counts, and gives digests, only for the pass that walks', async () => {
      await begin();
      await metrics.addRun(RUN);
      const replaced = { ...countsOf('new', [0, 3]), run: RUN, digest: 'new' };
      const tryAll = async (pass: number) => [
        await passes.count(pass, countsOf('k', [1, 1])),
        await passes.replaceRun(pass, replaced),
      ];
      expect(await tryAll(1)).to.deep.equal([false, false]);
      await passes.open(1, [], 50);
      expect(await tryAll(2)).to.deep.equal([false, false]);
      expect(await passes.count(1, countsOf('k', [1, 1]))).to.equal(true);
      expect(await passes.count(1, { ...countsOf('k', [1, 2]), place: 'quarantine' })).to.equal(true);
      await passes.endWalk(1);
      expect(await tryAll(1)).to.deep.equal([false, false]);
      expect(await metrics.findRun('1.0', 0)).to.include({ digest: 'old' });
      expect(await listed(1)).to.have.length(2);
      await passes.end(1, 'settling');
      expect([await listed(1), await listed(2)]).to.deep.equal([[], []]);
    });

    it('holds the counts of ten thousand people in one object', async () => {
      await begin();
      await passes.open(1, [], 50);
      const counts = countsOf('k', ...Array.from({ length: 10_000 }, (_, i): [number, number] => [i, 123_456 + i]));
      expect(await passes.count(1, counts)).to.equal(true);
      expect(await listed(1)).to.deep.equal([counts]);
    });
  });
}
