import { expect } from 'chai';
import { makeJobId } from './job-id.ts';
import { jobKindOf } from './jobs-store.ts';

const ZEROS = new Uint8Array(10);
const ONES = new Uint8Array(10).fill(255);

describe('the id of a job', () => {
  it('is its kind and 26 characters', () => {
    expect(makeJobId('summary', 0, ZEROS)).to.equal('summary-00000000000000000000000000');
    expect(makeJobId('funnel', 2 ** 48 - 1, ONES)).to.equal('funnel-7zzzzzzzzzzzzzzzzzzzzzzzzz');
    expect(makeJobId('retention', 32, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 33))).to.equal(
      'retention-00000000100000000000000011',
    );
  });

  it('sorts by time, whatever the randomness', () => {
    const times = [0, 1, 31, 32, 1023, 1024, 1_796_000_000_000, 1_796_000_000_001];
    const ids = times.flatMap((now) => [makeJobId('summary', now, ZEROS), makeJobId('summary', now, ONES)]);
    expect([...ids].sort()).to.deep.equal(ids);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('wants enough randomness', () => {
    expect(() => makeJobId('summary', 0, new Uint8Array(9))).to.throw('an id needs 10 bytes of randomness');
  });

  it('names the kind', () => {
    for (const [id, kind] of [
      ['summary-1', 'summary'],
      ['users-2026-01-01-abc', 'users'],
      ['summary-', undefined],
      ['daily-2026-01-01', undefined],
      ['', undefined],
    ] as const) {
      expect(jobKindOf(id), id).to.equal(kind);
    }
  });
});
