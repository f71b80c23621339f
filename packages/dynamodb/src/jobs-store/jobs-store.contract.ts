import { expect } from 'chai';
import { makeJobId } from './job-id.ts';
import type { Job, JobsStore, NewJob, Question } from './jobs-store.ts';

const RANDOM = Uint8Array.from({ length: 10 }, (_, at) => at);
const QUESTION: Question = {
  ...{ kind: 'summary', from: 1_768_863_600_000, to: 1_768_950_000_000, timeZone: 'Europe/Vienna' },
  actions: ['a', 'b'],
};

/** The job that a key asks for at a time. */
const job = (at: number, keyId = 'k1', more: Partial<NewJob> = {}): NewJob => ({
  ...{ id: makeJobId('summary', at, RANDOM), question: QUESTION, keyId, createdAt: at, ...more },
});
const [one, two, three] = [job(1), job(2), job(3)] as const;
const ASKED = { actions: undefined, steps: ['x', 'y'], windowSeconds: 60 };
const FUNNEL: Question = { ...QUESTION, kind: 'funnel', ...ASKED };
const funnel = job(4, 'k1', { id: makeJobId('funnel', 4, RANDOM), question: FUNNEL });
const idsOf = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
const done = (now: number) => ({ status: 'done', now }) as const;

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeJobsStore(name: string, open: () => Promise<JobsStore>): void {
  describe(`the jobs store ${name}`, () => {
    let store: JobsStore;
    beforeEach(async () => {
      store = await open();
    });
    const create = async (...jobs: readonly NewJob[]) => {
      for (const each of jobs) expect(await store.create(each)).to.equal('created');
    };
    /** A job that runs with a cut of parts 0 to 4. */
    const running = async () => {
      await create(one);
      await store.admit('k1', 10);
      await store.fixCut(one.id, { cut: 'c1', phases: [2, 3], now: 11 });
    };

    it('finds a job as it was made, and no other', async () => {
      await create(one, funnel);
      expect(await store.find(one.id)).to.deep.equal({
        ...{ ...one, status: 'queued', reason: undefined, cut: undefined, cutAt: undefined, phases: [] },
        ...{ done: new Set(), sentAt: undefined, progressAt: 1, endedAt: undefined },
      });
      expect(await store.find(funnel.id)).to.deep.include({ question: FUNNEL });
      for (const id of [two.id, 'summary-', 'daily-2026-01-20', '']) {
        expect(await store.find(id), id).to.equal(undefined);
      }
    });

    it('makes a job once, and knows it again whatever became of it', async () => {
      await create(one, one);
      expect(await store.create({ ...one, keyId: 'k2' })).to.equal('exists');
      expect(await store.create({ ...one, createdAt: 2 })).to.equal('exists');
      expect(await store.create({ ...one, question: FUNNEL })).to.equal('exists');
      await store.end(one.id, { status: 'cancelled', now: 20 });
      await create(one);
      expect(await store.find(one.id)).to.include({ status: 'cancelled', endedAt: 20 });
      expect(idsOf(await store.admit('k1', 21))).to.deep.equal([]);
    });

    it('lets two jobs of a key run and ten wait, in their order, and takes no more', async () => {
      const jobs = Array.from({ length: 12 }, (_, at) => job(at + 1));
      await create(...jobs);
      expect(await store.create(job(13))).to.equal('full');
      expect(await store.create(one)).to.equal('created');
      await create(job(14, 'k2'));
      expect(idsOf(await store.admit('k1', 20))).to.deep.equal([one.id, two.id]);
      expect(idsOf(await store.admit('k1', 21))).to.deep.equal([one.id, two.id]);
      expect(await store.create(job(13))).to.equal('full');
      expect(await store.find(one.id)).to.include({ status: 'running', progressAt: 20 });
      expect(await store.find(three.id)).to.include({ status: 'queued' });
      expect(await store.end(two.id, done(30))).to.equal(true);
      await create(job(13));
      expect(idsOf(await store.admit('k1', 31))).to.deep.equal([one.id, three.id]);
      expect(idsOf(await store.admit('k2', 31))).to.deep.equal([job(14).id]);
      expect(await store.admit('k3', 31)).to.deep.equal([]);
    });

    it('keeps the turns right when several ask at once', async () => {
      const jobs = Array.from({ length: 5 }, (_, at) => job(at + 1));
      expect(await Promise.all(jobs.map((each) => store.create(each)))).to.deep.equal(Array(5).fill('created'));
      await Promise.all([
        store.admit('k1', 10),
        store.admit('k1', 10),
        store.end(three.id, { status: 'cancelled', now: 10 }),
      ]);
      const admitted = await store.admit('k1', 11);
      expect(admitted).to.have.length(2);
      expect(idsOf(admitted)).not.to.include(three.id);
      const ended = await Promise.all(admitted.map(({ id }) => store.end(id, done(12))));
      expect(ended).to.deep.equal([true, true]);
      expect(await store.admit('k1', 13)).to.have.length(2);
    });

    it('fixes the first cut of a running job', async () => {
      await create(one);
      expect(await store.fixCut(one.id, { cut: 'c0', phases: [1], now: 9 })).to.include({
        status: 'queued',
        cut: undefined,
      });
      await store.admit('k1', 10);
      const fixed = await store.fixCut(one.id, { cut: 'c1', phases: [2, 3], now: 11 });
      expect(fixed).to.deep.include({ status: 'running', cut: 'c1', cutAt: 11, phases: [2, 3], progressAt: 11 });
      expect(await store.fixCut(one.id, { cut: 'c2', phases: [9], now: 12 })).to.deep.equal(fixed);
      expect(await store.fixCut(two.id, { cut: 'c2', phases: [9], now: 12 })).to.equal(undefined);
    });

    it('notes that the parts of a cut were sent', async () => {
      await running();
      await store.markSent(one.id, { cut: 'c0', now: 12 });
      expect(await store.find(one.id)).to.include({ sentAt: undefined });
      await store.markSent(one.id, { cut: 'c1', now: 13 });
      expect(await store.find(one.id)).to.include({ sentAt: 13 });
      await store.markSent(two.id, { cut: 'c1', now: 13 });
      expect(await store.find(two.id)).to.equal(undefined);
    });

    it('adds each part to the set once, while the job runs with that cut', async () => {
      await running();
      const end = (part: number, now: number, cut = 'c1') => store.endPart(one.id, { cut, part, now });
      expect(await end(3, 20)).to.deep.include({ done: new Set([3]), progressAt: 20, phases: [2, 3] });
      expect(await end(0, 21)).to.deep.include({ done: new Set([0, 3]) });
      expect(await end(3, 22)).to.deep.include({ done: new Set([0, 3]), progressAt: 22 });
      expect(await end(0, 12)).to.deep.include({ done: new Set([0, 3]), progressAt: 22 });
      expect(await end(1, 23, 'c0')).to.equal(undefined);
      await store.end(one.id, done(24));
      expect(await end(1, 25)).to.equal(undefined);
      expect(await store.find(one.id)).to.deep.include({ done: new Set([0, 3]), progressAt: 22, endedAt: 24 });
      expect(await store.endPart(two.id, { cut: 'c1', part: 1, now: 25 })).to.equal(undefined);
      expect(await store.find(two.id)).to.equal(undefined);
    });

    it('ends a job once, for one reason', async () => {
      await running();
      expect(await store.end(one.id, { status: 'failed', reason: 'stalled', now: 20 })).to.equal(true);
      for (const status of ['done', 'failed', 'cancelled'] as const) {
        expect(await store.end(one.id, { status, now: 21 }), status).to.equal(false);
      }
      expect(await store.find(one.id)).to.include({ status: 'failed', reason: 'stalled', endedAt: 20 });
      expect(await store.end(two.id, done(22))).to.equal(false);
    });

    it('ends a waiting job only by a cancellation', async () => {
      await create(one, two);
      for (const status of ['done', 'failed'] as const) {
        expect(await store.end(one.id, { status, now: 20 }), status).to.equal(false);
      }
      expect(await store.end(one.id, { status: 'cancelled', now: 21 })).to.equal(true);
      expect(idsOf(await store.admit('k1', 22))).to.deep.equal([two.id]);
    });

    it('ends a job only with the cut and the progress that the end is for', async () => {
      await running();
      const end = (condition: { cut?: string | null; progressAt?: number }) =>
        store.end(one.id, { status: 'failed', reason: 'r', now: 20, ...condition });
      for (const condition of [{ cut: 'c0' }, { cut: null }, { progressAt: 10 }, { cut: 'c1', progressAt: 10 }]) {
        expect(await end(condition), JSON.stringify(condition)).to.equal(false);
      }
      expect(await end({ cut: 'c1', progressAt: 11 })).to.equal(true);
      await create(two);
      await store.admit('k1', 30);
      expect(await store.end(two.id, { status: 'failed', cut: null, now: 31 })).to.equal(true);
    });

    it('reopens a failed job with what it has', async () => {
      await running();
      await store.markSent(one.id, { cut: 'c1', now: 12 });
      await store.endPart(one.id, { cut: 'c1', part: 4, now: 13 });
      expect(await store.reopen(one.id, { now: 14, anew: false })).to.equal(false);
      await store.end(one.id, { status: 'failed', reason: 'stalled', now: 15 });
      expect(await store.reopen(one.id, { now: 16, anew: false })).to.equal(true);
      expect(await store.reopen(one.id, { now: 17, anew: false })).to.equal(false);
      const [reopened] = await store.admit('k1', 18);
      expect(reopened).to.deep.include({
        ...{ status: 'running', reason: undefined, endedAt: undefined, sentAt: undefined, progressAt: 16 },
        ...{ cut: 'c1', cutAt: 11, phases: [2, 3], done: new Set([4]) },
      });
      expect(await store.reopen(two.id, { now: 16, anew: false })).to.equal(false);
    });

    it('reopens a failed job without its cut', async () => {
      await running();
      await store.endPart(one.id, { cut: 'c1', part: 4, now: 13 });
      await store.end(one.id, { status: 'failed', now: 15 });
      await store.reopen(one.id, { now: 16, anew: true });
      expect(await store.find(one.id)).to.deep.include({
        ...{ status: 'running', cut: undefined, cutAt: undefined, phases: [], done: new Set() },
      });
      expect(await store.endPart(one.id, { cut: 'c1', part: 3, now: 17 })).to.equal(undefined);
      expect(await store.fixCut(one.id, { cut: 'c2', phases: [1], now: 18 })).to.include({ cut: 'c2' });
    });

    it('lets a reopened job wait before all others while two of its key run', async () => {
      await create(one, two, three, job(5));
      await store.admit('k1', 10);
      await store.end(one.id, { status: 'failed', now: 11 });
      expect(idsOf(await store.admit('k1', 12))).to.deep.equal([two.id, three.id]);
      expect(await store.reopen(one.id, { now: 13, anew: false })).to.equal(true);
      expect(await store.find(one.id)).to.include({ status: 'queued' });
      expect(idsOf(await store.admit('k1', 14))).to.deep.equal([two.id, three.id]);
      await store.end(two.id, done(15));
      expect(idsOf(await store.admit('k1', 16))).to.deep.equal([three.id, one.id]);
    });

    it('lists the jobs of a kind in pages, the newest first, and those of one key', async () => {
      const jobs = Array.from({ length: 7 }, (_, at) => job(at + 1, at % 3 === 0 ? 'k2' : 'k1'));
      await create(funnel, ...jobs);
      const pages = async (limit: number, keyId?: string) => {
        const found: string[][] = [];
        let after: string | undefined;
        do {
          const page = await store.list('summary', { after, limit, keyId });
          found.push(idsOf(page.jobs));
          after = page.next;
        } while (after !== undefined);
        return found;
      };
      const ids = (...at: readonly number[]) => at.map((index) => job(index).id);
      expect(await pages(3)).to.deep.equal([ids(7, 6, 5), ids(4, 3, 2), ids(1)]);
      expect(await pages(7)).to.deep.equal([ids(7, 6, 5, 4, 3, 2, 1)]);
      expect(await pages(2, 'k2')).to.deep.equal([ids(7, 4), ids(1)]);
      expect(await pages(5, 'k3')).to.deep.equal([[]]);
      expect((await store.list('retention', { after: undefined, limit: 1 })).jobs).to.deep.equal([]);
    });

    it('knows for 24 hours when a request was first made', async () => {
      const day = 24 * 3_600_000;
      expect(await store.firstAsked('r1', 1000)).to.equal(1000);
      expect(await store.firstAsked('r1', 1000 + day - 1)).to.equal(1000);
      expect(await store.firstAsked('r2', 1002)).to.equal(1002);
      expect(await store.firstAsked('r1', 1000 + day)).to.equal(1000 + day);
      expect(await store.firstAsked('r1', 1001 + day)).to.equal(1000 + day);
    });

    it('gives one time to requests that come at once', async () => {
      const asked = await Promise.all([1, 2, 3].map((now) => store.firstAsked('r1', now)));
      expect(new Set(asked)).to.have.property('size', 1);
      const again = await Promise.all([1, 2].map((day) => store.firstAsked('r1', 3 + day * 24 * 3_600_000)));
      expect(again[0]).not.to.equal(asked[0]);
    });

    it('lists the jobs of all keys that have not ended', async () => {
      await create(one, two, job(5, 'k2'), funnel);
      await store.admit('k1', 10);
      await store.end(two.id, done(11));
      const found: string[] = [];
      for await (const { id } of store.listActive()) found.push(id);
      expect(found).to.have.members([one.id, funnel.id, job(5).id]);
    });
  });
}
