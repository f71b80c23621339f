import { expect } from 'chai';
import type { ReportsStore, StoredReport } from './reports-store.ts';

const report = (date: string, more: Partial<StoredReport> = {}): StoredReport => ({
  ...{ kind: 'daily', id: `daily-${date}`, timeZone: 'Europe/Vienna', from: 1_768_863_600_000, to: 1_768_950_000_000 },
  ...{ revision: 1, finished: 0, factsDigest: 'f1', draft: 'd1', owner: 'run-1', leaseUntil: 1000 },
  ...{ createdAt: 7, claimedAt: 7, revisedAt: 7, laterRevisions: [], holdsUsers: false, ...more },
});
const ID = 'daily-2026-01-20';
const first = report('2026-01-20');
const second = report('2026-01-20', {
  ...{ revision: 2, finished: 1, factsDigest: 'f2', draft: 'd2', owner: 'run-2', claimedAt: 9, holdsUsers: true },
  laterRevisions: [{ revision: 2, changes: 3, toldIn: 'daily-2026-01-21' }],
});

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeReportsStore(name: string, open: () => Promise<ReportsStore>): void {
  describe(`the reports store ${name}`, () => {
    let store: ReportsStore;
    beforeEach(async () => {
      store = await open();
    });

    it('finds a report as it was claimed, and no other', async () => {
      expect(await store.find(ID)).to.equal(undefined);
      expect(await store.claim(first)).to.equal(true);
      expect(await store.find(ID)).to.deep.equal(first);
      for (const id of ['daily-2026-01-21', 'daily-', 'weekly-2026-01-20', '2026-01-20', '']) {
        expect(await store.find(id), id).to.equal(undefined);
      }
    });

    it('gives a revision to one run, and tells that run the same once more', async () => {
      expect(await store.claim(first)).to.equal(true);
      expect(await store.claim(first)).to.equal(true);
      expect(await store.claim({ ...first, owner: 'run-9', draft: 'd9' })).to.equal(false);
      expect(await store.find(ID)).to.deep.equal(first);
    });

    it('gives the next revision only when the one before is finished, and no revision twice', async () => {
      expect(await store.claim(second)).to.equal(false);
      await store.claim(first);
      expect(await store.claim(second)).to.equal(false);
      await store.finish(ID, 1);
      expect(await store.claim({ ...second, revision: 3 })).to.equal(false);
      expect(await store.claim(second)).to.equal(true);
      expect(await store.find(ID)).to.deep.equal(second);
      expect(await store.claim(first)).to.equal(false);
      expect(await store.claim({ ...second, owner: 'run-9' })).to.equal(false);
    });

    it('lets another run finish a revision once the lease has ended, and the same run at any time', async () => {
      await store.claim(first);
      const lease = (owner: string, now: number, revision = 1) =>
        store.lease(ID, { revision, owner, now, until: now + 100 });
      expect(await lease('run-2', 999)).to.equal(false);
      expect(await lease('run-1', 999)).to.equal(true);
      expect(await lease('run-2', 1000)).to.equal(false);
      expect(await lease('run-2', 1099, 2)).to.equal(false);
      expect(await lease('run-2', 1099)).to.equal(true);
      expect(await store.find(ID)).to.include({ owner: 'run-2', leaseUntil: 1199, finished: 0 });
      await store.finish(ID, 1);
      expect(await lease('run-3', 5000)).to.equal(false);
      expect(await store.lease('daily-2026-01-21', { revision: 1, owner: 'o', now: 1, until: 2 })).to.equal(false);
    });

    it('marks a revision as finished, and never takes that back', async () => {
      await store.claim(first);
      await store.finish(ID, 1);
      await store.finish(ID, 1);
      expect(await store.find(ID)).to.deep.equal({ ...first, finished: 1 });
      await store.claim(second);
      await store.finish(ID, 2);
      await store.finish(ID, 1);
      expect(await store.find(ID)).to.deep.equal({ ...second, finished: 2, revisedAt: 9 });
      await store.finish('daily-2026-01-21', 1);
      expect(await store.find('daily-2026-01-21')).to.equal(undefined);
    });

    it('has the time of the finished revision until the next one is finished', async () => {
      await store.claim(first);
      await store.finish(ID, 1);
      await store.claim(second);
      expect(await store.find(ID)).to.include({ revision: 2, finished: 1, claimedAt: 9, revisedAt: 7 });
      await store.finish(ID, 1);
      expect(await store.find(ID)).to.include({ finished: 1, revisedAt: 7 });
      await store.finish(ID, 2);
      expect(await store.find(ID)).to.include({ finished: 2, claimedAt: 9, revisedAt: 9 });
    });

    it('lists the reports of a kind in pages, the newest first', async () => {
      expect(await store.list('daily', { after: undefined, limit: 2 })).to.deep.equal({ reports: [], next: undefined });
      for (const date of ['2026-01-20', '2026-02-01', '2025-12-31', '2026-01-19']) await store.claim(report(date));
      const pages: string[][] = [];
      let after: string | undefined;
      do {
        const page = await store.list('daily', { after, limit: 2 });
        pages.push(page.reports.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      expect(pages).to.deep.equal([
        ['daily-2026-02-01', 'daily-2026-01-20'],
        ['daily-2026-01-19', 'daily-2025-12-31'],
      ]);
    });

    it('finds the reports that have ids of users', async () => {
      await store.claim(report('2026-01-19'));
      await store.claim(report('2026-01-20', { holdsUsers: true }));
      const found: string[] = [];
      for await (const { id } of store.listHoldingUsers()) found.push(id);
      expect(found).to.deep.equal(['daily-2026-01-20']);
    });

    it('moves the schedule on from where it is', async () => {
      expect(await store.findNextDay()).to.equal(undefined);
      await store.moveNextDay({ from: '2026-01-19', to: '2026-01-20' });
      expect(await store.findNextDay()).to.equal(undefined);
      await store.moveNextDay({ from: undefined, to: '2026-01-20' });
      await store.moveNextDay({ from: undefined, to: '2026-01-01' });
      expect(await store.findNextDay()).to.equal('2026-01-20');
      await store.moveNextDay({ from: '2026-01-20', to: '2026-01-21' });
      await store.moveNextDay({ from: '2026-01-20', to: '2026-01-22' });
      expect(await store.findNextDay()).to.equal('2026-01-21');
    });
  });
}
