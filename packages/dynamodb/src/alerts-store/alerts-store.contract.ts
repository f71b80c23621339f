import { type Alert, type AlertRule, type Firing, firingId, type Recovery, type StateChange } from '@weir/alerts';
import { expect } from 'chai';
import type { AlertSet, AlertsStore } from './alerts-store.ts';

const MINUTE = 60_000;
const RULE: AlertRule = {
  ...{ name: 'Few orders', action: 'checkout.*', field: 'count', interval: 'minute', comparison: 'below' },
  ...{ threshold: 10, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true },
  channels: [{ type: 'webhook' }],
};

export const alert = (id: string, more: Partial<Alert> = {}): Alert => {
  const made = { since: MINUTE, createdAt: 7, updatedAt: 7, revision: 1, state: { version: 0 } };
  return { ...RULE, id, ...made, ...more };
};

export const firing = (alertId: string, start: number, more: Partial<Firing> = {}): Firing => {
  const { name, action, field, comparison, channels } = RULE;
  return {
    ...{ id: firingId(alertId, start), alertId, revision: 1, notified: true, firedAt: start + 2 * MINUTE },
    ...{ rule: { name, action, field, comparison, threshold: 10, channels }, value: 3, count: 3, late: false },
    ...{ bucket: { start, end: start + MINUTE, interval: 'minute', closed: true }, asOf: start + 90_000, ...more },
  };
};

export const RECOVERY: Recovery = {
  bucket: { start: 5 * MINUTE, end: 6 * MINUTE, interval: 'minute', closed: false },
  ...{ value: 12, count: 12, asOf: 310_000, late: false, recoveredAt: 311_000 },
};

/** From one version of the state to the next. */
export const change = (version: number, more: Partial<StateChange> = {}): StateChange => {
  const episode = { bucket: MINUTE, latest: (version + 1) * MINUTE, told: MINUTE };
  return { revision: 1, version, to: { version: version + 1, episode, lastNotifiedAt: 9 }, ...more };
};

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeAlertsStore(name: string, open: () => Promise<AlertsStore>): void {
  describe(`the alerts store ${name}`, () => {
    let store: AlertsStore;
    beforeEach(async () => {
      store = await open();
    });
    const create = async (...ids: readonly string[]) => {
      for (const id of ids) expect(await store.create(alert(id))).to.equal('created');
    };

    describe('rules', () => {
      it('finds a rule as it was made, and no other', async () => {
        const relative = { to: 'week', percent: 50, minCount: 20 } as const;
        const channels = [
          { type: 'email', to: 'a@b.example' },
          { type: 'webhook', endpointId: 'e1' },
        ] as const;
        const { threshold: _threshold, ...rule } = alert('a2', { relative, channels, mutedUntil: 99 });
        await create('a1');
        expect(await store.create(rule)).to.equal('created');
        expect(await store.find('a1')).to.deep.equal(alert('a1'));
        expect(await store.find('a2')).to.deep.equal(rule);
        expect(await store.find('a')).to.equal(undefined);
      });

      it('makes a rule once, and knows it again', async () => {
        await create('a1', 'a1');
        expect(await store.create(alert('a1', { createdAt: 8 }))).to.equal('exists');
        expect(await store.create(alert('a1', { threshold: 11 }))).to.equal('exists');
        await store.fire(firing('a1', MINUTE), change(0));
        await create('a1');
        expect(await store.find('a1')).to.have.nested.property('state.version', 1);
        expect((await store.all()).alerts).to.have.length(1);
      });

      it('lists them in pages', async () => {
        await create('a3', 'a1', 'a2', 'a4');
        const page = async (after?: string) => {
          const { alerts, next } = await store.list({ after, limit: 2 });
          return [...alerts.map(({ id }) => id), next];
        };
        expect(await page()).to.deep.equal(['a1', 'a2', 'a2']);
        expect(await page('a2')).to.deep.equal(['a3', 'a4', undefined]);
        expect(await page('a4')).to.deep.equal([undefined]);
      });

      it('changes a rule of the revision that was read, and leaves its state', async () => {
        await create('a1');
        const changed = alert('a1', { threshold: 20, updatedAt: 8, state: { version: 70 } });
        await store.fire(firing('a1', MINUTE), change(0));
        expect(await store.update(changed, { revision: 1 })).to.equal(true);
        expect(await store.update(alert('a1'), { revision: 1 })).to.equal(false);
        expect(await store.update(alert('a2'), { revision: 1 })).to.equal(false);
        expect(await store.find('a1')).to.deep.equal({ ...changed, revision: 2, state: change(0).to });
        expect(await store.find('a2')).to.equal(undefined);
      });

      it('removes a rule once', async () => {
        await create('a1', 'a2');
        expect(await store.remove('a1')).to.equal(true);
        expect(await store.remove('a1')).to.equal(false);
        expect(await store.find('a1')).to.equal(undefined);
        expect((await store.all()).alerts.map(({ id }) => id)).to.deep.equal(['a2']);
      });

      it('gives all of them again only after a caller changed one', async () => {
        const none = await store.all();
        expect(none.alerts).to.deep.equal([]);
        await create('a2', 'a1');
        const two = await store.all(none);
        expect(two.alerts).to.deep.equal([alert('a1'), alert('a2')]);
        expect(await store.all(two)).to.equal(two);
        await store.fire(firing('a1', MINUTE), change(0));
        expect(await store.all(two)).to.equal(two);
        expect((await store.all()).alerts[0]).to.deep.include({ state: change(0).to });
        await store.update(alert('a1', { name: 'n' }), { revision: 1 });
        const changed = await store.all(two);
        expect(changed.alerts[0]).to.include({ name: 'n', revision: 2 });
        await store.remove('a1');
        expect((await store.all(changed)).alerts).to.deep.equal([alert('a2')]);
      });

      it('gives all of them again after one has fired or recovered, if states are asked for', async () => {
        await create('a1', 'a2');
        const all = (known?: AlertSet) => store.all(known, { hasStates: true });
        const quiet = await all(await store.all());
        expect(await all(quiet)).to.equal(quiet);
        await store.fire(firing('a2', MINUTE), change(0));
        expect(await store.all(quiet)).to.equal(quiet);
        const firingNow = await all(quiet);
        expect(firingNow.alerts[1]).to.deep.include({ state: change(0).to });
        await store.fire(firing('a2', MINUTE), change(0));
        await store.fire(firing('a1', MINUTE), change(4));
        expect(await all(firingNow)).to.equal(firingNow);
        await store.recover('a2', { ended: MINUTE, recovery: RECOVERY }, change(1));
        const recovered = await all(firingNow);
        expect(recovered.alerts[1]).to.deep.include({ state: change(1).to });
        await store.update(alert('a1', { name: 'n' }), { revision: 1 });
        expect((await all(recovered)).alerts[0]).to.include({ name: 'n' });
      });

      it('makes, changes and removes rules at once', async () => {
        const ids = ['a1', 'a2', 'a3', 'a4'];
        await Promise.all(ids.map((id) => create(id)));
        const updates = ['n', 'm'].map((text) => store.update(alert('a1', { name: text }), { revision: 1 }));
        expect((await Promise.all(updates)).toSorted()).to.deep.equal([false, true]);
        expect((await Promise.all([store.remove('a2'), store.remove('a2')])).toSorted()).to.deep.equal([false, true]);
        expect((await store.all()).alerts.map(({ id }) => id)).to.deep.equal(['a1', 'a3', 'a4']);
      });
    });

    describe('firings', () => {
      beforeEach(() => create('a1'));

      it('fires a rule and bucket once', async () => {
        expect(await store.fire(firing('a1', MINUTE), change(0))).to.equal('fired');
        expect(await store.fire(firing('a1', MINUTE, { value: 4 }), change(1))).to.equal('exists');
        expect(await store.findFiring('a1', MINUTE)).to.deep.equal(firing('a1', MINUTE));
        expect(await store.find('a1')).to.deep.equal(alert('a1', { state: change(0).to }));
        expect(await store.fire(firing('a1', 2 * MINUTE), change(1))).to.equal('fired');
        expect(await store.find('a1')).to.deep.include({ state: change(1).to });
        expect(await store.findFiring('a2', MINUTE)).to.equal(undefined);
      });

      it('fires only a rule as it was judged', async () => {
        expect(await store.fire(firing('a1', MINUTE), change(0, { revision: 2 }))).to.equal('changed');
        expect(await store.fire(firing('a1', MINUTE), change(1))).to.equal('changed');
        expect(await store.fire(firing('a2', MINUTE), change(0))).to.equal('changed');
        await store.remove('a1');
        expect(await store.fire(firing('a1', MINUTE), change(0))).to.equal('changed');
        expect(await store.find('a1')).to.equal(undefined);
        expect(await store.findFiring('a1', MINUTE)).to.equal(undefined);
      });

      it('lets one of two evaluators fire', async () => {
        const starts = [MINUTE, 2 * MINUTE];
        const outcomes = await Promise.all(starts.map((start) => store.fire(firing('a1', start), change(0))));
        expect(outcomes.toSorted()).to.deep.equal(['changed', 'fired']);
        expect((await store.firings('a1', { after: undefined, limit: 9 })).firings).to.have.length(1);
      });

      it('notes a recovery in the firing that was told, and in the rule', async () => {
        await store.fire(firing('a1', MINUTE), change(0));
        const over = change(1, { to: { version: 2, lastNotifiedAt: 9 } });
        const recovered = { ended: MINUTE, recovery: RECOVERY };
        expect(await store.recover('a1', recovered, { ...over, version: 0 })).to.equal(false);
        expect(await store.recover('a1', recovered, { ...over, revision: 2 })).to.equal(false);
        expect(await store.recover('a2', recovered, over)).to.equal(false);
        expect(await store.findFiring('a1', MINUTE)).to.deep.equal(firing('a1', MINUTE));
        expect(await store.recover('a1', recovered, over)).to.equal(true);
        expect(await store.findFiring('a1', MINUTE)).to.deep.equal(firing('a1', MINUTE, { recovery: RECOVERY }));
        expect(await store.find('a1')).to.deep.equal(alert('a1', { state: over.to }));
        expect(await store.recover('a1', recovered, over)).to.equal(false);
      });

      it('notes that a later firing is told from the recovery on', async () => {
        await store.fire(firing('a1', MINUTE), change(0));
        await store.fire(firing('a1', 3 * MINUTE, { notified: false }), change(1));
        const recovered = { ended: MINUTE, recovery: RECOVERY, told: 3 * MINUTE };
        expect(await store.recover('a1', recovered, change(1))).to.equal(false);
        expect(await store.findFiring('a1', 3 * MINUTE)).to.include({ notified: false });
        expect(await store.recover('a1', recovered, change(2))).to.equal(true);
        expect(await store.findFiring('a1', MINUTE)).to.deep.equal(firing('a1', MINUTE, { recovery: RECOVERY }));
        const told = { toldAt: RECOVERY.recoveredAt };
        expect(await store.findFiring('a1', 3 * MINUTE)).to.deep.equal(firing('a1', 3 * MINUTE, told));
        const ended = { ended: 3 * MINUTE, recovery: RECOVERY };
        expect(await store.recover('a1', ended, change(3))).to.equal(true);
        const later = firing('a1', 3 * MINUTE, { ...told, recovery: RECOVERY });
        expect(await store.findFiring('a1', 3 * MINUTE)).to.deep.equal(later);
      });

      it('notes the recovery of a rule whose firings are forgotten', async () => {
        const over = change(0, { to: { version: 1 } });
        const recovered = { ended: MINUTE, recovery: RECOVERY, told: 2 * MINUTE };
        expect(await store.recover('a1', recovered, over)).to.equal(true);
        expect(await store.find('a1')).to.deep.equal(alert('a1', { state: { version: 1 } }));
        expect(await store.findFiring('a1', MINUTE)).to.equal(undefined);
      });

      it('notes what came of the mails of a firing, beside its recovery, and of none that is forgotten', async () => {
        await store.fire(firing('a1', MINUTE), change(0));
        await store.noteMail('a1', MINUTE, { addressId: 'ad_1', outcome: 'capped' });
        await store.recover('a1', { ended: MINUTE, recovery: RECOVERY }, change(1));
        await store.noteMail('a1', MINUTE, { addressId: 'ad_2', outcome: 'quiet' });
        for (const outcome of ['stale', 'sent', 'quiet'] as const) {
          await store.noteMail('a1', MINUTE, { addressId: 'ad_1', outcome });
        }
        await store.noteMail('a1', 2 * MINUTE, { addressId: 'ad_1', outcome: 'sent' });
        const noted = firing('a1', MINUTE, { recovery: RECOVERY, mails: { ad_1: 'sent', ad_2: 'quiet' } });
        expect(await store.findFiring('a1', MINUTE)).to.deep.equal(noted);
        expect(await store.findFiring('a1', 2 * MINUTE)).to.equal(undefined);
      });

      it('lists the firings of a rule in pages, the latest bucket first', async () => {
        await create('a2');
        await store.fire(firing('a2', MINUTE), change(0));
        // The second one has a digit more.
        const starts = [999_960_000, 1_000_020_000, 1_000_080_000];
        for (const [version, start] of starts.entries()) await store.fire(firing('a1', start), change(version));
        const page = async (after?: number) => {
          const { firings, next } = await store.firings('a1', { after, limit: 2 });
          return [...firings.map(({ bucket }) => bucket.start), next];
        };
        expect(await page()).to.deep.equal([1_000_080_000, 1_000_020_000, 1_000_020_000]);
        expect(await page(1_000_020_000)).to.deep.equal([999_960_000, undefined]);
      });
    });

    describe('the cursor', () => {
      const last = (bucket: number, value: number | null) => ({ bucket, value, at: bucket + 120_000 });
      const cursor = {
        ...{ evaluatedUpTo: 3 * MINUTE, at: 200_000 },
        lastEvaluated: new Map([
          ['a1', last(MINUTE, 1.5)],
          ['a2', last(MINUTE, null)],
          ['a3', last(0, 4)],
          ['__proto__', last(0, 5)],
        ]),
      };

      it('is read as it was moved, with the last evaluation of each rule', async () => {
        expect(await store.readCursor()).to.equal(undefined);
        expect(await store.moveCursor(cursor)).to.equal(true);
        expect(await store.readCursor()).to.deep.equal(cursor);
      });

      it('never goes back', async () => {
        await store.moveCursor(cursor);
        const earlier = { evaluatedUpTo: 2 * MINUTE, at: 300_000, lastEvaluated: new Map() };
        expect(await store.moveCursor(earlier)).to.equal(false);
        expect(await store.readCursor()).to.deep.equal(cursor);
        expect(await store.moveCursor({ ...cursor, at: 300_000 })).to.equal(true);
        expect(await store.moveCursor({ ...earlier, evaluatedUpTo: 4 * MINUTE })).to.equal(true);
        expect(await store.readCursor()).to.include({ evaluatedUpTo: 4 * MINUTE });
      });
    });
  });
}
