import { MemoryObjectStore } from '@weir/archive/memory';
import { jobFileKey } from '@weir/dynamodb/jobs';
import { MemoryJobsStore } from '@weir/dynamodb/jobs/memory';
import { expect } from 'chai';
import { coordinateKey } from './coordinate-key.ts';
import { JobFailure, type JobKind } from './job-kind.ts';
import type { PartMessage } from './part-message.ts';
import { redriveJob } from './redrive-job.ts';
import { sweepJobs } from './sweep-jobs.ts';
import { workPart } from './work-part.ts';

const HOUR_MS = 3_600_000;
const ID = 'summary-1';
const QUESTION = { kind: 'summary', from: 0, to: 1, timeZone: 'UTC', actions: undefined } as const;

/** A stage with one job of two parts, whose kind can be broken. */
class Stage {
  now = 0;
  readonly sent: PartMessage[] = [];
  readonly store = new MemoryJobsStore();
  readonly files = new MemoryObjectStore(() => this.now);
  error: Error | undefined;
  #cuts = 0;

  readonly deps = {
    ...{ store: this.store, files: this.files, now: () => this.now, newCut: () => `c${this.#cuts++}` },
    publish: async (parts: readonly PartMessage[]) => void this.sent.push(...parts),
    kindOf: async (): Promise<JobKind> => ({
      plan: async (_, folder) => {
        this.#failIfBroken();
        await this.files.put(`${folder}plan`, Buffer.from('p'));
        return { phases: [2] };
      },
      run: async () => this.#failIfBroken(),
      assemble: async () => {
        this.#failIfBroken();
        const file = async function* () {
          yield Buffer.from('x');
        };
        return { json: file(), csv: file(), html: file() };
      },
    }),
  };

  #failIfBroken(): void {
    if (this.error) throw this.error;
  }

  async begin(): Promise<void> {
    await this.store.create({ id: ID, question: QUESTION, keyId: 'k', createdAt: this.now });
    await coordinateKey(this.deps, 'k');
  }

  /** Works all that was sent, each message once. */
  async work(isLastReceive = false): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (let message = this.sent.shift(); message; message = this.sent.shift()) {
      await workPart(this.deps, message, { isLastReceive }).catch((error: unknown) => errors.push(error));
    }
    return errors;
  }
}

describe('a job that fails', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('fails on the last receive only, with a word that its caller may read', async () => {
    await stage.begin();
    stage.error = new Error('secret details');
    const [message] = stage.sent;
    expect(await stage.work()).to.have.length(2);
    expect(await stage.store.find(ID)).to.include({ status: 'running' });
    stage.sent.push(...(message ? [message] : []));
    expect(await stage.work(true)).to.deep.equal([stage.error]);
    expect(await stage.store.find(ID)).to.include({ status: 'failed', reason: 'internal-error' });
  });

  it('has the reason of its kind, also for a plan', async () => {
    stage.error = new JobFailure('too-old');
    await stage.begin();
    expect(await stage.store.find(ID)).to.include({ status: 'failed', reason: 'too-old' });
    expect(stage.sent).to.deep.equal([]);
  });

  it('stays planned until a plan succeeds, if the error may pass', async () => {
    stage.error = new Error('S3 is down');
    const failed = await stage.begin().catch((error: unknown) => error);
    expect(failed).to.equal(stage.error);
    stage.error = undefined;
    expect(await sweepJobs(stage.deps, { stalledAfterMs: 2 * HOUR_MS })).to.include({ keys: 0 });
    stage.now = HOUR_MS;
    expect(await sweepJobs(stage.deps, { stalledAfterMs: 2 * HOUR_MS })).to.include({ keys: 1, failedKeys: 0 });
    expect(stage.sent.map(({ part }) => part)).to.deep.equal([0, 1]);
  });

  it('is found stalled without progress, and goes on with what it has after a redrive', async () => {
    await stage.begin();
    const [first] = stage.sent.splice(0);
    if (first) await workPart(stage.deps, first, { isLastReceive: false });
    stage.now = 2 * HOUR_MS;
    expect(await sweepJobs(stage.deps, { stalledAfterMs: 2 * HOUR_MS })).to.include({ active: 1, stalled: 1 });
    expect(await stage.store.find(ID)).to.include({ status: 'failed', reason: 'stalled' });
    expect(await redriveJob(stage.deps, ID)).to.equal(true);
    expect(await redriveJob(stage.deps, ID)).to.equal(false);
    expect(stage.sent).to.deep.equal([{ jobId: ID, cut: 'c0', part: 1 }]);
    expect(await stage.work()).to.deep.equal([]);
    expect(await stage.store.find(ID)).to.include({ status: 'done', cut: 'c0' });
    expect([...stage.files.objects.keys()].sort()).to.deep.equal([
      ...[jobFileKey({ id: ID, cut: 'c0' }, 'csv'), jobFileKey({ id: ID, cut: 'c0' }, 'html')],
      jobFileKey({ id: ID, cut: 'c0' }, 'json'),
    ]);
  });

  it('assembles again after a redrive, if only that failed', async () => {
    await stage.begin();
    await workPart(stage.deps, { jobId: ID, cut: 'c0', part: 0 }, { isLastReceive: false });
    const { kindOf } = stage.deps;
    const failing = {
      ...stage.deps,
      kindOf: async () => ({ ...(await kindOf()), assemble: () => Promise.reject(new Error('no')) }),
    };
    await workPart(failing, { jobId: ID, cut: 'c0', part: 1 }, { isLastReceive: true }).catch(() => undefined);
    stage.sent.splice(0);
    expect(await stage.store.find(ID)).to.include({ status: 'failed' });
    await redriveJob(stage.deps, ID);
    expect(stage.sent).to.deep.equal([{ jobId: ID, cut: 'c0', part: 2 }]);
    await stage.work();
    expect(await stage.store.find(ID)).to.include({ status: 'done' });
  });

  it('is planned anew by a redrive on the next day, and messages of its old cut do nothing', async () => {
    await stage.begin();
    const old = stage.sent.splice(0);
    await stage.store.end(ID, { status: 'failed', reason: 'stalled', now: 1 });
    stage.now = 24 * HOUR_MS;
    await redriveJob(stage.deps, ID);
    expect(stage.sent.map(({ cut, part }) => [cut, part])).to.deep.equal([
      ['c1', 0],
      ['c1', 1],
    ]);
    stage.sent.unshift(...old);
    await stage.work();
    expect(await stage.store.find(ID)).to.include({ status: 'done', cut: 'c1' });
  });
});
