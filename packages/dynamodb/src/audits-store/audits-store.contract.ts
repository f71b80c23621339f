import { expect } from 'chai';
import type { AuditsStore, StoredAudit } from './audits-store.ts';

const audit = (more: Partial<StoredAudit> = {}): StoredAudit => ({
  ...{ date: '2026-01-20', timeZone: 'Europe/Vienna', from: 1_768_863_600_000, to: 1_768_950_000_000 },
  ...{ asOf: 1_768_960_000_000, status: 'drift', drift: 2, file: 'audits/2026-01-20/a.json', auditedAt: 1000 },
  heads: {
    '1768480200.1': { number: 12, position: { sequenceNumber: '495434', index: 3 } },
    '1768480200.2': { number: -1, position: undefined },
  },
  missingObjects: ['archive/1768480200.1/491244/a.gz'],
  buckets: [
    {
      ...{ action: 'käufe\u2028"', unit: 'minute', start: 1_768_863_600_000, field: 'count' },
      ...{ stored: '7', archived: '8' },
    },
  ],
  ...more,
});

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeAuditsStore(name: string, open: () => Promise<AuditsStore>): void {
  describe(`the audits store ${name}`, () => {
    let store: AuditsStore;
    beforeEach(async () => {
      store = await open();
    });

    it('finds the audit of a date as it was put, and no other', async () => {
      expect(await store.find('2026-01-20')).to.equal(undefined);
      await store.put(audit());
      expect(await store.find('2026-01-20')).to.deep.equal(audit());
      for (const date of ['2026-01-21', '2026-01', '']) expect(await store.find(date), date).to.equal(undefined);
    });

    it('finds an audit without logs, differences and arrivals', async () => {
      const clean = audit({
        ...{ asOf: undefined, status: 'clean', drift: 0, heads: {}, missingObjects: [], buckets: [] },
      });
      await store.put(clean);
      expect(await store.find('2026-01-20')).to.deep.equal(clean);
    });

    it('replaces an audit by a later one, and never by an earlier one', async () => {
      await store.put(audit());
      await store.put(audit({ auditedAt: 1001, drift: 0, status: 'clean' }));
      await store.put(audit());
      expect(await store.find('2026-01-20')).to.deep.equal(audit({ auditedAt: 1001, drift: 0, status: 'clean' }));
      await store.put(audit({ date: '2026-01-21', drift: 5 }));
      expect(await store.find('2026-01-20')).to.include({ drift: 0 });
      expect(await store.find('2026-01-21')).to.include({ drift: 5 });
    });
  });
}
