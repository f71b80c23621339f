import { expect } from 'chai';
import fc from 'fast-check';
import {
  type ConnectionsStore,
  MAX_SUBSCRIPTIONS,
  type NewConnection,
  type Subscription,
} from './connections-store.ts';

const connection = (id: string, more: Partial<NewConnection> = {}): NewConnection => ({
  ...{ id, connectedAt: 1_796_000_000_000, keyId: 'k1' },
  ...{ keyExpiresAt: undefined, actionPrefixes: undefined, ...more },
});
const subscription = (id: string, more: Partial<Subscription> = {}): Subscription => ({
  ...{ id, actions: ['checkout', 'view'], interval: 'minute', ...more },
});

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeConnectionsStore(name: string, open: () => Promise<ConnectionsStore>): void {
  describe(`the connections ${name}`, () => {
    let store: ConnectionsStore;
    beforeEach(async () => {
      store = await open();
    });
    const revisionOf = async (id: string) => (await store.find(id))?.revision;

    it('are found as they were made, one by one and all at once', async () => {
      const limited = connection('c2', { keyExpiresAt: 9, actionPrefixes: ['checkout.'] });
      await store.open(limited);
      await store.open(connection('c1'));
      expect(await store.find('c1')).to.deep.equal({ ...connection('c1'), revision: 0 });
      expect(await store.find('c')).to.equal(undefined);
      const all = [connection('c1'), limited].map((one) => ({ ...one, revision: 0 }));
      expect(await store.all()).to.deep.equal(all);
    });

    it('keep their subscriptions although they are made a second time', async () => {
      await store.open(connection('c1'));
      await store.subscribe('c1', subscription('s1'));
      await store.open(connection('c1'));
      expect(await revisionOf('c1')).to.equal(1);
    });

    it('have the subscriptions that were not ended, each as it was last made', async () => {
      await store.open(connection('c1'));
      for (const id of ['s2', 's1', 's3']) expect(await store.subscribe('c1', subscription(id))).to.equal('subscribed');
      await store.subscribe('c1', subscription('s2', { actions: ['a'], interval: 'day' }));
      await store.unsubscribe('c1', 's3');
      expect(await store.subscriptions('c1')).to.deep.equal([
        subscription('s1'),
        subscription('s2', { actions: ['a'], interval: 'day' }),
      ]);
      expect(await store.subscriptions('c2')).to.deep.equal([]);
    });

    it('have another revision after each change of their subscriptions', async () => {
      await store.open(connection('c1'));
      await store.subscribe('c1', subscription('s1'));
      await store.subscribe('c1', subscription('s1'));
      await store.unsubscribe('c1', 's1');
      expect(await revisionOf('c1')).to.equal(3);
    });

    it('have a bounded number of subscriptions, of which one can be replaced', async () => {
      await store.open(connection('c1'));
      for (let count = 0; count < MAX_SUBSCRIPTIONS; count++) await store.subscribe('c1', subscription(`s${count}`));
      expect(await store.subscribe('c1', subscription('more'))).to.equal('too-many');
      expect(await store.subscribe('c1', subscription('s3'))).to.equal('subscribed');
      await store.unsubscribe('c1', 's3');
      expect(await store.subscribe('c1', subscription('more'))).to.equal('subscribed');
    });

    it('have no more subscriptions although many come at the same time', async () => {
      await store.open(connection('c1'));
      const ids = Array.from({ length: 2 * MAX_SUBSCRIPTIONS }, (_, at) => `s${at}`);
      const outcomes = await Promise.all(ids.map((id) => store.subscribe('c1', subscription(id))));
      const kept = (await store.subscriptions('c1')).map(({ id }) => id).sort();
      expect(kept.length).to.be.at.most(MAX_SUBSCRIPTIONS);
      expect(ids.filter((_, at) => outcomes[at] === 'subscribed').sort()).to.deep.equal(kept);
    });

    it('are closed with their subscriptions, and stay closed', async () => {
      for (const id of ['c1', 'c2']) {
        await store.open(connection(id));
        await store.subscribe(id, subscription('s1'));
      }
      expect(await store.close('c1')).to.equal(true);
      expect(await store.close('c1')).to.equal(false);
      expect(await store.subscribe('c1', subscription('s2'))).to.equal('gone');
      await store.unsubscribe('c1', 's1');
      expect(await store.find('c1')).to.equal(undefined);
      expect(await store.subscriptions('c1')).to.deep.equal([]);
      expect(await store.subscriptions('c2')).to.deep.equal([subscription('s1')]);
    });

    it('get no more posts within a second than the limit, whoever takes them', async () => {
      const wanted = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 });
      let second = 0;
      await fc.assert(
        fc.asyncProperty(wanted, async (counts) => {
          second += 1;
          const granted: number[] = [];
          for (const count of counts) granted.push(await store.takePosts({ second, wanted: count, limit: 10 }));
          const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
          expect(sum(granted)).to.equal(Math.min(10, sum(counts)));
        }),
        { numRuns: 20 },
      );
    });

    it('do not get more posts than the limit if they are taken at the same time', async () => {
      const take = () => store.takePosts({ second: 5, wanted: 4, limit: 10 });
      const granted = await Promise.all([take(), take(), take(), take()]);
      expect(granted.reduce((total, one) => total + one, 0)).to.be.within(8, 10);
    });
  });
}
