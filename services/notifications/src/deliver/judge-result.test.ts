import type { PostResult } from '@weir/webhooks/sending';
import { expect } from 'chai';
import { judgeResult } from './judge-result.ts';

const NOW = 1_000_000;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

function answered(status: number, more: Partial<Extract<PostResult, { kind: 'answered' }>> = {}): PostResult {
  return { kind: 'answered', at: NOW, durationMs: 10, status, response: '', ...more };
}

const judge = (result: PostResult, failedBefore = 0) => judgeResult(result, { failedBefore, now: NOW, random: 0.5 });

describe('the result of an attempt', () => {
  const cases: [string, PostResult, object, unknown][] = [
    ['200', answered(200), { status: 'delivered' }, { kind: 'good' }],
    ['204 after 2 s', answered(204, { durationMs: 2000 }), { status: 'delivered' }, { kind: 'good-and-slow' }],
    ['410', answered(410), { status: 'failed', reason: 'gone' }, 'gone'],
    [
      'an abortion',
      answered(400, { delivery: 'Abort-Message' }),
      { status: 'failed', reason: 'aborted' },
      { kind: 'good' },
    ],
    [
      'a refused address',
      { kind: 'refused', at: NOW, durationMs: 1, error: 'no' },
      { status: 'failed', reason: 'refused-address' },
      { kind: 'failed' },
    ],
  ];
  for (const [name, result, outcome, sign] of cases) {
    it(`of ${name} ends the delivery`, () => {
      const judged = judge(result);
      expect(judged.outcome).to.include(outcome);
      expect(judged.sign).to.deep.equal(sign);
      expect(judged).not.to.have.property('delaySeconds');
    });
  }

  for (const status of [101, 301, 308, 400, 404, 500, 503]) {
    it(`of ${status} is a failure: it is tried again after 5 s`, () => {
      const judged = judge(answered(status));
      expect(judged.outcome).to.deep.include({ status: 'pending', nextAttemptAt: NOW + 5 * SECOND_MS });
      expect(judged.delaySeconds).to.equal(5);
      expect(judged.sign).to.deep.equal({ kind: 'failed', pausedUntil: undefined });
    });
  }

  it('leaves it to the clock where the wait is longer than a queue can delay', () => {
    const judged = judge(answered(500), 2);
    expect(judged.outcome).to.deep.include({ status: 'pending', nextAttemptAt: NOW + 30 * MINUTE_MS });
    expect(judged).not.to.have.property('delaySeconds');
  });

  it('obeys Retry-After where it is longer, up to a day', () => {
    const waits = ['3', '60', '7200', '999999'].map((retryAfter) => judge(answered(503, { retryAfter })).outcome);
    expect(waits.map((outcome) => outcome.status === 'pending' && outcome.nextAttemptAt - NOW)).to.deep.equal([
      ...[5 * SECOND_MS, 60 * SECOND_MS, 2 * HOUR_MS, 24 * HOUR_MS],
    ]);
  });

  for (const status of [429, 502, 504]) {
    it(`of ${status} pauses the endpoint, for a minute to an hour`, () => {
      const pauses = [undefined, '5', '600', '86400'].map((retryAfter) => judge(answered(status, { retryAfter })).sign);
      expect(pauses.map((sign) => (sign as { pausedUntil: number }).pausedUntil - NOW)).to.deep.equal([
        ...[MINUTE_MS, MINUTE_MS, 10 * MINUTE_MS, HOUR_MS],
      ]);
    });
  }

  it('ends the delivery as exhausted at the tenth attempt', () => {
    expect(judge(answered(500), 8).outcome).to.have.property('status', 'pending');
    expect(judge(answered(500), 9).outcome).to.include({ status: 'failed', reason: 'exhausted' });
  });
});
