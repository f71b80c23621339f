import { expect } from 'chai';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { describeJob, describeRedriven } from './describe-redriven.ts';
import { type Reopened, redriveJobs } from './redrive-jobs.ts';

/** A queue of letters, two in each answer. */
function queueOf(bodies: readonly string[]) {
  const letters: DeadLetter[] = bodies.map((body, i) => ({ body, receiptHandle: String(i) }));
  const queue: DeadLetters = {
    receive: async () => letters.slice(0, 2),
    delete: async (letter) => void letters.splice(letters.indexOf(letter), 1),
  };
  return { queue, letters };
}

const part = (jobId: string, number = 0) => JSON.stringify({ jobId, cut: 'c', part: number });

async function redrive(bodies: readonly string[], answers: Readonly<Record<string, Reopened>>, records = 0) {
  const parts = queueOf(bodies);
  const lost = queueOf(Array.from({ length: records }, () => '{}'));
  const asked: string[] = [];
  const sent: string[] = [];
  const redriven = await redriveJobs({
    parts: parts.queue,
    records: lost.queue,
    reopen: async (id) => {
      asked.push(id);
      return answers[id] ?? { outcome: 'unknown' };
    },
    send: async (body) => void sent.push(body),
  });
  return { redriven, asked, sent, text: describeRedriven(redriven), left: [...parts.letters, ...lost.letters] };
}

describe('a redrive of jobs', () => {
  it('opens each failed job once, which sends its parts itself, and deletes their letters', async () => {
    const bodies = [part('a', 1), part('a', 2), part('b', 1)];
    const reopened = { outcome: 'reopened', reason: 'internal-error' } as const;
    const { asked, sent, left, text } = await redrive(bodies, { a: reopened, b: reopened });
    expect([asked, sent, left]).to.deep.equal([['a', 'b'], [], []]);
    expect(text.split('\n')).to.deep.equal([
      'The job a had failed (internal-error), and runs again. Follow it by GET /v1/reports/a.',
      'The job b had failed (internal-error), and runs again. Follow it by GET /v1/reports/b.',
    ]);
  });

  it('sends a part again whose job has not failed yet', async () => {
    const { sent, left, text } = await redrive([part('a', 1)], { a: { outcome: 'active' } });
    expect([sent, left]).to.deep.equal([[part('a', 1)], []]);
    expect(text).to.equal('1 part of jobs that run is tried again.');
  });

  it('deletes what nobody needs, and says so', async () => {
    const { sent, left, text } = await redrive([part('a'), part('gone'), 'nonsense'], { a: { outcome: 'ended' } }, 3);
    expect([sent, left]).to.deep.equal([[], []]);
    expect(text.split('\n')).to.deep.equal([
      'Deleted 2 parts of jobs that have ended.',
      'Deleted a message that names no part: nonsense',
      'Deleted 3 records of new or ended jobs: the sweep begins such jobs.',
    ]);
  });

  it('says that there is nothing to do', async () => {
    expect((await redrive([], {})).text).to.equal('There are no dead letters.');
  });

  it('keeps a letter whose job cannot be opened', async () => {
    const { queue, letters } = queueOf([part('a')]);
    const fail = async (): Promise<Reopened> => {
      throw new Error('no function');
    };
    const run = redriveJobs({ parts: queue, records: queueOf([]).queue, reopen: fail, send: async () => undefined });
    expect(await run.catch((error: Error) => error.message)).to.equal('no function');
    expect(letters).to.have.length(1);
  });

  for (const [answer, text] of [
    [{ outcome: 'reopened', reason: 'stalled' }, /^The job a had failed \(stalled\), and runs again/],
    [{ outcome: 'active' }, /^The job a has not failed: it runs or waits\.$/],
    [{ outcome: 'ended' }, /^The job a has not failed: it has ended\.$/],
    [{ outcome: 'unknown' }, /^There is no job a\.$/],
  ] as const) {
    it(`says what came of one job that is ${answer.outcome}`, () => {
      expect(describeJob('a', answer)).to.match(text);
    });
  }
});
