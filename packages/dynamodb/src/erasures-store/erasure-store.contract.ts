import { expect } from 'chai';
import type { MetricsStore } from '../metrics-store/metrics-store.ts';
import type { ErasureStart, ErasureStore } from './erasures-store.ts';

/** A store of erasures, beside the store that has the runs. */
export interface OpenedErasures {
  readonly erasures: ErasureStore;
  readonly metrics: MetricsStore;
}

const RUN = { logId: '1.0', from: 0, to: 4, hour: 7, digest: 'old', swept: true };
const start = (fields: Partial<ErasureStart> = {}): ErasureStart => {
  return { id: 'e1', userId: 'u', userHash: 'h', requestedAt: 100, until: 200, ...fields };
};

/** What every implementation must do. `open` gives an empty one. */
export function describeErasureStore(name: string, open: () => Promise<OpenedErasures>): void {
  describe(`the store of erasures ${name}`, () => {
    let erasures: ErasureStore;
    let metrics: MetricsStore;
    beforeEach(async () => {
      ({ erasures, metrics } = await open());
    });

    it('begins one erasure of a person at a time', async () => {
      const expected = { ...start(), renewedAt: 100, status: 'running', attempt: 0, finishedAt: undefined, places: {} };
      expect(await erasures.begin(start())).to.deep.equal(expected);
      expect(await erasures.begin(start({ id: 'e2', requestedAt: 150, until: 250 }))).to.deep.equal(expected);
      expect(await erasures.find('e1')).to.deep.equal(expected);
      expect(await erasures.find('e2')).to.equal(undefined);
      expect(await erasures.findOf('u')).to.equal('e1');
      expect(await erasures.begin(start({ id: 'e3', userId: 'v' }))).to.include({ id: 'e3' });
    });

    it('extends an erasure that would not cover the request', async () => {
      await erasures.begin(start());
      const later = await erasures.begin(start({ id: 'e2', requestedAt: 201, until: 301 }));
      expect(later).to.include({ id: 'e1', until: 301, requestedAt: 100, renewedAt: 201, attempt: 0 });
      expect(await erasures.begin(start({ id: 'e3', requestedAt: 250, until: 350 }))).to.deep.equal(later);
      expect(await erasures.finish('e1', { until: 200, at: 400 })).to.equal(false);
      expect(await erasures.finish('e1', { until: 301, at: 400 })).to.equal(true);
    });

    it('forgets who it was when it ends, and begins another one then', async () => {
      await erasures.begin(start());
      expect(await erasures.finish('e1', { until: 200, at: 400 })).to.equal(true);
      expect(await erasures.find('e1')).to.deep.include({ status: 'done', finishedAt: 400, userId: undefined });
      expect(await erasures.findOf('u')).to.equal(undefined);
      expect(await erasures.finish('e1', { until: 200, at: 500 })).to.equal(false);
      expect(await erasures.begin(start({ id: 'e2' }))).to.include({ id: 'e2', attempt: 0 });
    });

    it('runs a failed erasure again, as another attempt', async () => {
      await erasures.begin(start());
      await erasures.fail('e1');
      expect(await erasures.find('e1')).to.include({ status: 'failed', userId: 'u' });
      expect(await erasures.finish('e1', { until: 200, at: 400 })).to.equal(false);
      expect(await erasures.begin(start({ id: 'e2', requestedAt: 101 }))).to.include({ id: 'e1', attempt: 1 });
      expect(await erasures.find('e1')).to.include({ status: 'running' });
      await erasures.restart('e1', 2);
      await erasures.restart('e1', 2);
      expect(await erasures.find('e1')).to.include({ attempt: 2 });
    });

    it('adds up what was erased in each place', async () => {
      await erasures.begin(start());
      await erasures.credit('e1', 'on-failure', { items: 2, objects: 1, at: 110 });
      await erasures.credit('e1', 'on-failure', { items: 3, objects: 1, at: 120 });
      await erasures.credit('e1', 'profile', { items: 0, objects: 0, at: 130 });
      expect((await erasures.find('e1'))?.places).to.deep.equal({
        'on-failure': { items: 5, objects: 2, at: 120 },
        profile: { items: 0, objects: 0, at: 130 },
      });
    });

    it('gives a run its new digest and the receipt its lines together, or neither', async () => {
      await erasures.begin(start());
      await metrics.addRun(RUN);
      const replaced = { erasureId: 'e1', run: RUN, digest: 'new', lines: 3, at: 110 };
      expect(await erasures.replaceRun({ ...replaced, run: { ...RUN, digest: 'other' } })).to.equal(false);
      expect(await erasures.replaceRun(replaced)).to.equal(true);
      expect(await erasures.replaceRun(replaced)).to.equal(false);
      expect((await erasures.find('e1'))?.places).to.deep.equal({ archive: { items: 3, objects: 1, at: 110 } });
      expect(await metrics.findRun('1.0', 0)).to.include({ digest: 'new', to: 4 });
      await metrics.markSwept(RUN);
      expect(await metrics.findRun('1.0', 0)).to.include({ digest: 'new', swept: true });
    });
  });
}
