import { expect } from 'chai';
import { makeMessageId, messageTime } from '../messages/message-id.ts';
import {
  answeredAt,
  brokenAt,
  deskOf,
  failedAt,
  first,
  MINUTE,
  message,
  ref,
  type Stores,
  T0,
} from './contract-desk.contract.ts';
import { type Delivery, type DueDelivery, EARLY_MS } from './deliveries-store.ts';

/** What every implementation of the store must do with messages and deliveries. `open` gives an empty one. */
export function describeDeliveriesStore(name: string, open: () => Promise<Stores>): void {
  describe(`the deliveries ${name}`, () => {
    let store: Stores;
    beforeEach(async () => {
      store = await open();
    });
    const { claim, claimed, put, disable, due } = deskOf(() => store);

    it('are made with their message, once for each endpoint', async () => {
      await put(first, 'e1', 'e2');
      expect(await store.findMessage(first.id)).to.deep.equal(first);
      expect(await store.findDelivery(ref)).to.deep.equal({
        ...{ ...ref, type: 'alert.fired', status: 'pending', reason: undefined, attempt: 0, scheduledFrom: 0 },
        ...{ attempts: [], nextAttemptAt: T0, leaseUntil: undefined, createdAt: T0, data: undefined },
      });
      expect(await store.findDelivery({ ...ref, endpointId: 'e3' })).to.equal(undefined);
      expect(await store.findMessage(makeMessageId(T0, 'another'))).to.equal(undefined);
    });

    it('are completed when the message comes again, and what was done to them stays', async () => {
      await put();
      await store.finish(await claimed(), { attempt: answeredAt(T0), status: 'delivered' });
      await put({ ...first, data: { other: true } }, 'e1', 'e2');
      expect(await store.findMessage(first.id)).to.deep.equal(first);
      expect(await store.findDelivery(ref)).to.include({ status: 'delivered', attempt: 1 });
      expect(await store.findDelivery({ ...ref, endpointId: 'e2' })).to.include({ status: 'pending' });
    });

    it('are claimed by one caller, until its lease is over', async () => {
      await put();
      const lease = await claimed();
      expect(lease).to.include({ status: 'pending', attempt: 0, leaseUntil: T0 + MINUTE });
      expect(await claim(0, T0 + MINUTE - 1)).to.equal(undefined);
      expect(await claim(0, T0 + MINUTE)).to.include({ leaseUntil: T0 + 2 * MINUTE });
      expect(await store.finish(lease, { attempt: answeredAt(T0), status: 'delivered' }), 'the first').to.equal(false);
      expect(await store.findDelivery(ref)).to.include({ status: 'pending', attempt: 0 });
    });

    it('are not claimed with another number, before their time, or without a message', async () => {
      await put();
      expect(await claim(1)).to.equal(undefined);
      expect(await claim(0, T0 - EARLY_MS - 1)).to.equal(undefined);
      expect(await store.claim({ ...ref, endpointId: 'e2' }, { attempt: 0, now: T0, leaseUntil: T0 + 1 })).to.equal(
        undefined,
      );
      expect(await claim(0, T0 - EARLY_MS)).to.include({ attempt: 0 });
    });

    it('go on to the next attempt, and tell all of them', async () => {
      await put();
      const next = { status: 'pending', nextAttemptAt: T0 + 5000 } as const;
      expect(await store.finish(await claimed(), { ...next, attempt: failedAt(T0) })).to.equal(true);
      expect(await claim(0, T0 + 5000), 'the message that was sent twice').to.equal(undefined);
      const second = await claimed(1, T0 + 5000);
      expect(second).to.deep.include({ attempt: 1, attempts: [failedAt(T0)], nextAttemptAt: T0 + 5000 });
      await store.finish(second, { attempt: brokenAt(T0 + 5000), status: 'failed', reason: 'exhausted' });
      expect(await store.findDelivery(ref)).to.deep.include({
        ...{ status: 'failed', reason: 'exhausted', attempt: 2, nextAttemptAt: undefined, leaseUntil: undefined },
        attempts: [failedAt(T0), brokenAt(T0 + 5000)],
      });
      expect(await claim(2, T0 + 9000)).to.equal(undefined);
    });

    it('are put off without an attempt, and held', async () => {
      await disable();
      await put();
      await store.finish(await claimed(), { status: 'pending', nextAttemptAt: T0 + 10 * MINUTE });
      expect(await claim(0, T0 + 2 * MINUTE)).to.equal(undefined);
      await store.finish(await claimed(0, T0 + 10 * MINUTE), { status: 'held' });
      const held = { status: 'held', attempt: 0, attempts: [], nextAttemptAt: undefined, leaseUntil: undefined };
      expect(await store.findDelivery(ref)).to.deep.include(held);
      expect(await claim(0, T0 + 20 * MINUTE)).to.equal(undefined);
      expect(await due(T0 + 60 * MINUTE)).to.deep.equal([]);
    });

    it('are not held where their endpoint is enabled by now, or gone: they are due as before', async () => {
      await disable('e2');
      await store.updateEndpoint({ id: 'e2', revision: 1 }, { disabled: null });
      await put(first, 'e1', 'e2');
      for (const endpointId of ['e1', 'e2']) {
        const lease = await store.claim({ ...ref, endpointId }, { attempt: 0, now: T0, leaseUntil: T0 + MINUTE });
        expect(await store.finish(lease as Delivery, { status: 'held' })).to.equal(true);
        const found = await store.findDelivery({ ...ref, endpointId });
        expect(found).to.include({ status: 'pending', attempt: 0, nextAttemptAt: T0, leaseUntil: undefined });
      }
      expect(await due(T0)).to.have.length(2);
    });

    it('take the result of a lease that is over as long as nobody else has one', async () => {
      await put();
      const lease = await claimed();
      expect(await store.finish(lease, { attempt: answeredAt(T0), status: 'delivered' })).to.equal(true);
      expect(await store.finish(lease, { status: 'held' })).to.equal(false);
      expect(await store.findDelivery(ref)).to.include({ status: 'delivered' });
    });

    it('wait where their endpoint is disabled, and only there', async () => {
      await disable('e1');
      await disable('e2');
      await store.updateEndpoint({ id: 'e2', revision: 1 }, { disabled: null });
      const targets = [
        { endpointId: 'e1', isHeld: true },
        { endpointId: 'e2', isHeld: true },
      ];
      await store.putMessage(first, { targets, now: T0, isAsked: true });
      expect(await store.findDelivery(ref)).to.include({ status: 'held', nextAttemptAt: undefined });
      expect(await store.findDelivery({ ...ref, endpointId: 'e2' })).to.include({
        status: 'pending',
        nextAttemptAt: T0,
      });
      await store.putMessage(first, { targets, now: T0 + 1 });
      expect(await store.findDelivery(ref)).to.include({ status: 'held', createdAt: T0 });
    });

    it('are due at their time, again when a lease is over, and not while a queue has them', async () => {
      await store.putMessage(first, { targets: [{ endpointId: 'e1' }], now: T0, dueAt: T0 + MINUTE });
      expect(await due(T0 + MINUTE - 1)).to.deep.equal([]);
      const [found] = await due(T0 + MINUTE);
      expect(found).to.deep.equal({ ...ref, attempt: 0, dueAt: T0 + MINUTE });
      expect(await store.noteSent(found as DueDelivery, T0 + 5 * MINUTE)).to.equal(true);
      expect(await store.noteSent(found as DueDelivery, T0 + 9 * MINUTE), 'the second clock').to.equal(false);
      expect(await due(T0 + 4 * MINUTE)).to.deep.equal([]);
      const lease = await claimed(0, T0 + 2 * MINUTE);
      expect(await due(T0 + 3 * MINUTE - 1)).to.deep.equal([]);
      expect(await due(T0 + 3 * MINUTE)).to.deep.equal([{ ...ref, attempt: 0, dueAt: T0 + 3 * MINUTE }]);
      const next = { status: 'pending', nextAttemptAt: T0 + 4 * MINUTE } as const;
      await store.finish(lease, { ...next, attempt: failedAt(T0), dueAt: T0 + 6 * MINUTE });
      expect(await due(T0 + 6 * MINUTE - 1)).to.deep.equal([]);
      expect(await due(T0 + 6 * MINUTE)).to.deep.equal([{ ...ref, attempt: 1, dueAt: T0 + 6 * MINUTE }]);
      expect(await claim(1, T0 + 4 * MINUTE), 'what the queue sent').to.include({ attempt: 1 });
    });

    it('are due up to a limit, and never after their end', async () => {
      const many = Array.from({ length: 30 }, (_, index) => message(T0, { id: makeMessageId(T0, `${index}`) }));
      for (const each of many) await put(each);
      expect(new Set((await due(T0)).map(({ messageId }) => messageId))).to.have.property('size', 30);
      const some = await due(T0, 8);
      expect(some.length).to.be.within(1, 8);
      await put();
      await store.finish(await claimed(), { attempt: answeredAt(T0), status: 'delivered' });
      expect((await due(T0 + 9 * MINUTE)).map(({ messageId }) => messageId)).not.to.include(first.id);
    });

    it('are listed with the newest message first, in pages', async () => {
      const ids: string[] = [];
      for (const at of [T0 + 3, T0 + 1, T0 + 2]) await put(message(at));
      await put(message(T0 + 9), 'e2');
      for (let after: string | undefined; ; ) {
        const page = await store.listDeliveries('e1', { after, limit: 2 });
        ids.push(...page.deliveries.map(({ messageId }) => messageId));
        after = page.next;
        if (after === undefined) break;
        expect(page.deliveries).to.have.length(2);
      }
      expect(ids.map(messageTime)).to.deep.equal([T0 + 3, T0 + 2, T0 + 1]);
      expect(await store.listDeliveries('e3', { after: undefined, limit: 2 })).to.deep.equal({
        deliveries: [],
        next: undefined,
      });
    });

    it('hold the data of a person until they have ended, and keep what may stay', async () => {
      const kept = { erasureId: 'x1' };
      const personal = message(T0, { type: 'user.erased', data: { ...kept, userId: 'u_42' }, kept });
      await put(personal, 'e1', 'e2');
      expect((await store.findMessage(personal.id))?.data).to.deep.equal(kept);
      const lease = await claimed();
      expect(lease.data).to.deep.equal(personal.data);
      await store.finish(lease, { attempt: failedAt(T0), status: 'pending', nextAttemptAt: T0 });
      const again = await claimed(1);
      expect(again.data).to.deep.equal(personal.data);
      expect(again.attempts, 'without the answer').to.deep.equal([{ ...failedAt(T0), response: undefined }]);
      await store.finish(again, { attempt: answeredAt(T0), status: 'delivered' });
      expect(await store.findDelivery(ref)).to.include({ data: undefined });
      expect((await store.findDelivery({ ...ref, endpointId: 'e2' }))?.data).to.deep.equal(personal.data);
    });

    for (const [reason, isCut] of [
      ['gone', false],
      ['refused-address', false],
      ['aborted', true],
      ['exhausted', true],
    ] as const) {
      it(`${isCut ? 'lose' : 'keep'} the data of a person when they failed as ${reason}`, async () => {
        const data = { erasureId: 'x1', userId: 'u_42' };
        await put(message(T0, { type: 'user.erased', data, kept: { erasureId: 'x1' } }));
        await store.finish(await claimed(), { attempt: failedAt(T0), status: 'failed', reason });
        expect((await store.findDelivery(ref))?.data).to.deep.equal(isCut ? undefined : data);
      });
    }

    it('are forgotten when their endpoint is gone', async () => {
      await put();
      await store.removeDelivery(ref);
      await store.removeDelivery(ref);
      expect(await store.findDelivery(ref)).to.equal(undefined);
      expect(await due(T0 + MINUTE)).to.deep.equal([]);
    });
  });
}
