import { expect } from 'chai';
import type { Erasure, ErasureStart, ErasureStore, NextStep, PlaceCount, WaitingErasure } from './erasures-store.ts';

const start = (fields: Partial<ErasureStart> = {}): ErasureStart => {
  return { id: 'e1', userId: 'u', userHash: 'h', requestedAt: 100, until: 200, ...fields };
};
const FIRST = { step: 'now', dueAt: 100, tries: 0, status: 'running' } as const;
const count = (items: number, objects = items, at = 300) => ({ items, objects, at });

interface Settled {
  readonly next?: NextStep;
  readonly counts?: Record<string, PlaceCount>;
}

/** What every implementation must do. `open` gives an empty one. */
export function describeErasureStore(name: string, open: () => Promise<ErasureStore>): void {
  describe(`the store of erasures ${name}`, () => {
    let erasures: ErasureStore;
    beforeEach(async () => {
      erasures = await open();
    });

    const due = async (now = 1_000_000): Promise<WaitingErasure[]> => {
      const found: WaitingErasure[] = [];
      for await (const waiting of erasures.listDue(now)) found.push(waiting);
      return found;
    };
    const find = async (id = 'e1') => (await erasures.find(id)) as Erasure;
    const settle = (pass: number, erasure: Erasure, { next, counts = {} }: Settled) =>
      erasures.settle({ pass, erasure, next, counts });
    const fail = async () => erasures.fail(await find());

    it('begins one erasure of a person at a time', async () => {
      const rest = { renewedAt: 100, finishedAt: undefined, revision: 0, countedPass: 0, places: {} };
      const expected = { ...start(), ...FIRST, ...rest };
      expect(await erasures.begin(start())).to.deep.equal(expected);
      expect(await erasures.begin(start({ id: 'e2', requestedAt: 150, until: 250 }))).to.deep.equal(expected);
      expect(await erasures.find('e1')).to.deep.equal(expected);
      expect(await erasures.find('e2')).to.equal(undefined);
      expect(await erasures.findOf('u')).to.equal('e1');
      expect(await erasures.begin(start({ id: 'e3', userId: 'v' }))).to.include({ id: 'e3' });
      expect([...(await erasures.findAll(['e1', 'e2', 'e3'])).keys()]).to.have.members(['e1', 'e3']);
      expect((await erasures.findAll(['e1'])).get('e1')).to.deep.equal(expected);
    });

    it('queues a running erasure by the time at which it is due, once', async () => {
      await erasures.begin(start({ id: 'late', userId: 'l', requestedAt: 99_999 }));
      await erasures.begin(start({ id: 'early', userId: 'e', requestedAt: 7, until: 8 }));
      await erasures.begin(start());
      await erasures.begin(start({ id: 'e2', requestedAt: 120 }));
      expect(await due(99_998)).to.deep.equal([
        { id: 'early', revision: 0, step: 'now', until: 8, dueAt: 7 },
        { id: 'e1', revision: 0, step: 'now', until: 200, dueAt: 100 },
      ]);
      expect(await due(99_999)).to.have.length(3);
    });

    it('extends an erasure that would not cover the request, from its first step', async () => {
      await erasures.begin(start());
      await settle(1, await find(), { next: { ...FIRST, step: 'last', dueAt: 500, tries: 2 } });
      const later = await erasures.begin(start({ id: 'e2', requestedAt: 201, until: 301 }));
      expect(later).to.include({ ...FIRST, id: 'e1', until: 301, requestedAt: 100, renewedAt: 201, dueAt: 201 });
      expect(await erasures.find('e1')).to.deep.equal(later);
      expect(await erasures.begin(start({ id: 'e3', requestedAt: 250, until: 350 }))).to.deep.equal(later);
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 2, step: 'now', until: 301, dueAt: 201 }]);
    });

    it('settles an erasure once for each pass, as it was read', async () => {
      const read = await erasures.begin(start());
      const next = { status: 'running', step: 'closed', dueAt: 400, tries: 1 } as const;
      expect(await settle(3, read, { next, counts: { archive: count(2), quarantine: count(0) } })).to.equal(true);
      expect(await settle(3, await find(), { next: { ...next, dueAt: 500 }, counts: { archive: count(9) } })).to.equal(
        false,
      );
      expect(await settle(2, await find(), { next: { ...next, dueAt: 500 }, counts: { archive: count(9) } })).to.equal(
        false,
      );
      expect(await settle(4, read, { next: { ...next, dueAt: 500 }, counts: { archive: count(9) } })).to.equal(false);
      const moved = await find();
      expect(moved).to.deep.include({ ...next, countedPass: 3, places: { archive: count(2), quarantine: count(0) } });
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 1, step: 'closed', until: 200, dueAt: 400 }]);
      expect(
        await settle(4, moved, { next: { ...next, step: 'last' }, counts: { archive: count(1, 1, 600) } }),
      ).to.equal(true);
      expect((await find()).places.archive).to.deep.equal(count(3, 3, 600));
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 2, step: 'last', until: 200, dueAt: 400 }]);
    });

    it('adds what a pass counted to an erasure that was extended meanwhile, and does not move it', async () => {
      const read = await erasures.begin(start());
      const extended = await erasures.begin(start({ id: 'e2', requestedAt: 201, until: 301 }));
      expect(
        await settle(1, read, { next: { ...FIRST, step: 'closed', dueAt: 400 }, counts: { archive: count(2) } }),
      ).to.equal(false);
      expect(await settle(1, read, { counts: { archive: count(2) } })).to.equal(true);
      expect(await settle(1, read, { counts: { archive: count(2) } })).to.equal(false);
      expect(await find()).to.deep.equal({ ...extended, countedPass: 1, places: { archive: count(2) } });
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 1, step: 'now', until: 301, dueAt: 201 }]);
    });

    it('removes the user id when it ends, and then begins another erasure', async () => {
      const read = await erasures.begin(start());
      expect(await settle(1, read, { next: { status: 'done', at: 400 } })).to.equal(true);
      expect(await find()).to.deep.include({ status: 'done', finishedAt: 400, userId: undefined });
      expect([await erasures.findOf('u'), await due()]).to.deep.equal([undefined, []]);
      expect(await settle(2, read, { next: { status: 'done', at: 500 } })).to.equal(false);
      expect(await erasures.begin(start({ id: 'e2' }))).to.include({ id: 'e2', status: 'running' });
    });

    it('takes a failed erasure out of the queue, and begins it again when the person is deleted again', async () => {
      await erasures.begin(start());
      expect(await fail()).to.equal(true);
      expect(await fail()).to.equal(false);
      expect(await find()).to.include({ status: 'failed', userId: 'u' });
      expect(await due()).to.deep.equal([]);
      expect(await settle(1, await find(), { next: { status: 'done', at: 400 } })).to.equal(false);
      expect(await erasures.begin(start({ id: 'e2', requestedAt: 101 }))).to.include({ id: 'e1', status: 'running' });
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 2, step: 'now', until: 200, dueAt: 101 }]);
      expect(await settle(1, await find(), { next: { status: 'failed' } })).to.equal(true);
      expect([(await find()).status, await due()]).to.deep.equal(['failed', []]);
      await erasures.begin(start({ id: 'e2', requestedAt: 301, until: 401 }));
      expect(await due()).to.deep.equal([{ id: 'e1', revision: 4, step: 'now', until: 401, dueAt: 301 }]);
    });

    it('fails no erasure that has changed since it was read', async () => {
      const read = await erasures.begin(start());
      await erasures.begin(start({ id: 'e2', requestedAt: 201, until: 301 }));
      expect(await erasures.fail(read)).to.equal(false);
      expect(await find()).to.include({ status: 'running' });
    });

    it('adds up what was erased in each place', async () => {
      await erasures.begin(start());
      await erasures.credit('e1', 'on-failure', { items: 2, objects: 1, at: 110 });
      await erasures.credit('e1', 'on-failure', { items: 3, objects: 1, at: 120 });
      await erasures.credit('e1', 'profile', { items: 0, objects: 0, at: 130 });
      expect((await find()).places).to.deep.equal({
        'on-failure': { items: 5, objects: 2, at: 120 },
        profile: { items: 0, objects: 0, at: 130 },
      });
    });
  });
}
