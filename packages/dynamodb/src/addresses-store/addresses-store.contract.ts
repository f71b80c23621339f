import { expect } from 'chai';
import type { AddressesStore, NewAddress } from './addresses-store.ts';

/** An address as it is added. Ids of tests need no form. */
export function newAddress(id: string, changes: Partial<NewAddress> = {}): NewAddress {
  const made = { secret: `secret of ${id}`, createdAt: 7, ...changes };
  return { id, address: `${id}@shop.example`, receives: ['report.ready'], ...made };
}

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeAddressesStore(name: string, open: () => Promise<AddressesStore>): void {
  describe(`the store of addresses ${name}`, () => {
    let store: AddressesStore;
    beforeEach(async () => {
      store = await open();
    });
    const add = (id: string, changes?: Partial<NewAddress>) => store.addAddress(newAddress(id, changes), 10);

    it('finds an address as it was added, and no other', async () => {
      expect(await add('a1')).to.equal('added');
      expect(await store.findAddress('a1')).to.deep.equal({
        ...{ ...newAddress('a1'), status: 'active', reason: undefined, updatedAt: 7 },
      });
      expect(await store.findAddress('a')).to.equal(undefined);
    });

    it('adds an address once: what is there stays, of whatever status', async () => {
      await add('a1');
      await store.endAddress('a1', { status: 'unsubscribed', at: 9 });
      expect(await add('a1', { receives: [], createdAt: 10 })).to.equal('exists');
      expect(await store.findAddress('a1')).to.deep.include({ status: 'unsubscribed', receives: ['report.ready'] });
    });

    it('takes no more than it is told, and still knows those that are there', async () => {
      await store.addAddress(newAddress('a1'), 2);
      await store.addAddress(newAddress('a2'), 2);
      expect(await store.addAddress(newAddress('a3'), 2)).to.equal('full');
      expect(await store.addAddress(newAddress('a2'), 2)).to.equal('exists');
      expect(await store.addAddress(newAddress('a3'), Number.POSITIVE_INFINITY)).to.equal('added');
    });

    it('lists all in pages, those that have ended too', async () => {
      for (const id of ['a3', 'a1', 'a2']) await add(id);
      await store.endAddress('a2', { status: 'bounced', reason: '550', at: 9 });
      const first = await store.listAddresses({ after: undefined, limit: 2 });
      expect([first.addresses.map(({ id }) => id), first.next]).to.deep.equal([['a1', 'a2'], 'a2']);
      const last = await store.listAddresses({ after: 'a2', limit: 2 });
      expect([last.addresses.map(({ id }) => id), last.next]).to.deep.equal([['a3'], undefined]);
      expect(await store.listAddresses({ after: 'a3', limit: 2 })).to.deep.equal({ addresses: [], next: undefined });
    });

    it('knows who gets a type: active addresses that asked for it', async () => {
      for (const id of ['a1', 'a2', 'a3']) await add(id);
      await store.setReceives('a2', [], 9);
      await store.endAddress('a3', { status: 'complained', reason: 'abuse', at: 9 });
      expect((await store.listReceivers('report.ready')).map(({ id }) => id)).to.deep.equal(['a1']);
      expect(await store.listReceivers('alert.fired')).to.deep.equal([]);
    });

    it('changes what an active address gets, and of no other', async () => {
      await add('a1', { receives: [] });
      expect(await store.setReceives('a1', ['report.ready'], 9)).to.deep.include({
        ...{ receives: ['report.ready'], updatedAt: 9, createdAt: 7, secret: 'secret of a1' },
      });
      await store.endAddress('a1', { status: 'unsubscribed', at: 10 });
      expect(await store.setReceives('a1', [], 11)).to.equal(undefined);
      expect(await store.setReceives('a2', [], 11)).to.equal(undefined);
      expect(await store.findAddress('a2')).to.equal(undefined);
    });

    it('ends an address once: the first reason stays', async () => {
      await add('a1');
      expect(await store.endAddress('a1', { status: 'bounced', reason: 'no such user', at: 9 })).to.equal(true);
      expect(await store.endAddress('a1', { status: 'complained', reason: 'abuse', at: 10 })).to.equal(false);
      expect(await store.endAddress('a2', { status: 'bounced', at: 10 })).to.equal(false);
      expect(await store.findAddress('a1')).to.include({ status: 'bounced', reason: 'no such user', updatedAt: 9 });
      expect(await store.findAddress('a2')).to.equal(undefined);
    });

    it('forgets an erased address, once, and keeps that nothing may be mailed to it', async () => {
      await add('a1');
      await store.endAddress('a1', { status: 'bounced', reason: 'a1@shop.example: no such user', at: 9 });
      expect(await store.eraseAddress('a1', 10)).to.equal(true);
      expect(await store.findAddress('a1')).to.deep.equal({
        ...{ id: 'a1', address: undefined, secret: undefined, receives: [], status: 'erased', reason: undefined },
        ...{ createdAt: 10, updatedAt: 10 },
      });
      expect(await store.eraseAddress('a1', 11)).to.equal(false);
      expect(await store.eraseAddress('a2', 11)).to.equal(false);
      for (const id of ['a1', 'a2']) expect(await add(id)).to.equal('exists');
      await add('a3');
      expect(await store.listErased()).to.deep.equal(new Set(['a1', 'a2']));
    });

    it('removes an address of whatever status', async () => {
      await add('a1');
      await store.endAddress('a1', { status: 'unsubscribed', at: 9 });
      expect(await store.removeAddress('a1')).to.equal(true);
      expect(await store.removeAddress('a1')).to.equal(false);
      expect(await add('a1')).to.equal('added');
    });
  });
}
