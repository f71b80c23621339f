import { expect } from 'chai';
import { answeredAt, deskOf, failedAt, MINUTE, message, ref, type Stores, T0 } from './contract-desk.contract.ts';
import { ASKED_GRACE_MS, type DeliveriesStore, type Delivery, KEPT_ATTEMPTS } from './deliveries-store.ts';

/** What every implementation of the store must do with deliveries that are sent again. `open` gives an empty one. */
export function describeRecoveries(name: string, open: () => Promise<Stores>): void {
  describe(`the deliveries that are sent again ${name}`, () => {
    let store: Stores;
    beforeEach(async () => {
      store = await open();
    });
    const { claim, claimed, put, disable, due } = deskOf(() => store);

    it('are sent again when a caller asks, with all their waits, under a number of their own', async () => {
      await put();
      await store.finish(await claimed(), { attempt: failedAt(T0), status: 'failed', reason: 'exhausted' });
      expect(await store.retry(ref, T0 + MINUTE)).to.equal('asked');
      expect(await store.findDelivery(ref)).to.deep.include({
        ...{ status: 'pending', reason: undefined, attempt: 1, scheduledFrom: 1, nextAttemptAt: T0 + MINUTE },
        attempts: [failedAt(T0)],
      });
      expect(await due(T0 + MINUTE + ASKED_GRACE_MS)).to.have.length(1);
      await store.finish(await claimed(1, T0 + MINUTE), { attempt: answeredAt(T0 + MINUTE), status: 'delivered' });
      expect(await store.retry(ref, T0 + 2 * MINUTE), 'what was delivered').to.equal('asked');
      expect(await claim(2, T0 + 2 * MINUTE)).to.include({ scheduledFrom: 2 });
    });

    it('are not sent again while an attempt is under way', async () => {
      await put();
      const lease = await claimed();
      expect(await store.retry(ref, T0 + 1)).to.equal('busy');
      expect(await store.retry(ref, T0 + MINUTE)).to.equal('asked');
      expect(await store.finish(lease, { status: 'held' }), 'the attempt that was given up').to.equal(false);
      expect(await store.retry({ ...ref, endpointId: 'e2' }, T0)).to.equal('unknown');
    });

    it('keep their last attempts, however often they are sent again', async () => {
      await put();
      for (let index = 0; index < KEPT_ATTEMPTS + 2; index++) {
        await store.retry(ref, T0 + index);
        const lease = await claimed(index, T0 + index);
        await store.finish(lease, { attempt: answeredAt(T0 + index), status: 'delivered' });
      }
      const found = await store.findDelivery(ref);
      expect(found?.attempt).to.equal(KEPT_ATTEMPTS + 2);
      expect(found?.attempts.map(({ at }) => at - T0)).to.deep.equal(
        Array.from({ length: KEPT_ATTEMPTS }, (_, at) => at + 2),
      );
    });

    it('are recovered from a time to a time: what failed and is held, but not what was aborted', async () => {
      const at = (index: number) => ({ endpointId: 'e1', messageId: message(T0 + index).id });
      const end = async (index: number, outcome: Parameters<DeliveriesStore['finish']>[1]) => {
        const lease = await store.claim(at(index), { attempt: 0, now: T0, leaseUntil: T0 + MINUTE });
        await store.finish(lease as Delivery, outcome);
      };
      await disable();
      for (let index = 0; index < 7; index++) await put(message(T0 + index));
      await end(0, { status: 'failed', reason: 'exhausted' });
      await end(1, { status: 'failed', reason: 'gone' });
      await end(2, { status: 'held' });
      await end(3, { status: 'failed', reason: 'aborted' });
      await end(4, { attempt: answeredAt(T0), status: 'delivered' });
      await end(6, { status: 'failed', reason: 'exhausted' });
      const range = { since: T0 + 1, until: T0 + 6, now: T0 + MINUTE, limit: 100 };
      expect(await store.recover('e1', range)).to.deep.equal({ count: 2, next: undefined });
      const statuses = await Promise.all([0, 1, 2, 3, 4, 5, 6].map(async (index) => store.findDelivery(at(index))));
      expect(statuses.map((each) => each?.status)).to.deep.equal([
        ...['failed', 'pending', 'pending', 'failed', 'delivered', 'pending', 'failed'],
      ]);
      expect(statuses[1]).to.include({ nextAttemptAt: T0 + MINUTE, reason: undefined });
      expect(await store.recover('e1', range)).to.deep.equal({ count: 0, next: undefined });
    });

    /** Deliveries of consecutive milliseconds. */
    const hold = async (length: number) => {
      await disable();
      const targets = [{ endpointId: 'e1', isHeld: true }];
      const all = Array.from({ length }, (_, index) => message(T0 + index));
      await Promise.all(all.map((each) => store.putMessage(each, { targets, now: T0 })));
    };

    it('are recovered as far as there is time, and from there on by the next calls', async () => {
      await hold(60);
      const counts: number[] = [];
      for (let since: number | undefined = T0; since !== undefined; ) {
        const range = { since, until: T0 + 99, now: T0 + MINUTE, limit: 100, isLate: () => true };
        const { count, next }: Awaited<ReturnType<Stores['recover']>> = await store.recover('e1', range);
        counts.push(count);
        since = next;
      }
      expect(counts.length).to.be.above(1);
      expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(60);
      // All are in one part of the index.
      expect(await due(T0 + 9 * MINUTE, 400)).to.have.length(60);
    });

    it('are recovered in several calls where there are many', async () => {
      await hold(5);
      const range = { until: T0 + 9, now: T0 + MINUTE, limit: 3 };
      expect(await store.recover('e1', { ...range, since: T0 })).to.deep.equal({ count: 3, next: T0 + 3 });
      expect(await store.recover('e1', { ...range, since: T0 + 3 })).to.deep.equal({ count: 2, next: undefined });
    });
  });
}
