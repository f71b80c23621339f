import { expect } from 'chai';
import fc from 'fast-check';
import { BUCKET_MS, type BucketInterval, bucketStart, nextBucketStart } from './buckets.ts';
import { closeOf, closings, earliestJudged, isJudgedBy, isJudgedOpen, recoversOpen } from './judged-buckets.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const MINUTES = { interval: 'minute', lateSeconds: 60, since: 0 } as const;
const intervals = fc.constantFrom<BucketInterval[]>('minute', 'hour', 'day');

describe('the buckets that are judged', () => {
  it('begin with the next full one', () => {
    expect(nextBucketStart('minute', 5 * MINUTE)).to.equal(5 * MINUTE);
    expect(nextBucketStart('minute', 5 * MINUTE + 1)).to.equal(6 * MINUTE);
    expect(nextBucketStart('day', 1)).to.equal(24 * HOUR);
    expect(bucketStart('hour', -1)).to.equal(-HOUR);
  });

  it('close at their end and the time for late events', () => {
    expect(closeOf(MINUTES, 5 * MINUTE)).to.equal(7 * MINUTE);
    expect(closings(MINUTES, { after: 7 * MINUTE, upTo: 9 * MINUTE - 1 })).to.deep.equal([6 * MINUTE]);
    expect(closings(MINUTES, { after: 7 * MINUTE, upTo: 9 * MINUTE })).to.deep.equal([6 * MINUTE, 7 * MINUTE]);
    expect(closings({ ...MINUTES, since: 7 * MINUTE }, { after: 0, upTo: 9 * MINUTE })).to.deep.equal([7 * MINUTE]);
  });

  it('are each judged once, however the time is cut and the time for late events changes', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 * HOUR }), fc.nat(900)), { minLength: 1 });
    fc.assert(
      fc.property(intervals, fc.nat(2 * HOUR), steps, (interval, from, cuts) => {
        const since = nextBucketStart(interval, from);
        const seen: number[] = [];
        let [after, close] = [from, from];
        for (const [step, lateSeconds] of cuts) {
          const upTo = after + step;
          seen.push(...closings({ interval, lateSeconds, since }, { after: from, upTo, judged: seen.at(-1) }));
          [after, close] = [upTo, closeOf({ interval, lateSeconds }, seen.at(-1) ?? since - BUCKET_MS[interval])];
          expect(close + BUCKET_MS[interval], 'nothing that closed is left').to.be.above(upTo);
        }
        expect(seen).to.deep.equal(seen.map((_, at) => since + at * BUCKET_MS[interval]));
      }),
    );
  });

  it('forget what the rule judged when it has another interval', () => {
    const rule = { interval: 'hour', lateSeconds: 0, since: 2 * HOUR } as const;
    const span = { after: 0, upTo: 4 * HOUR, judged: HOUR + 59 * MINUTE };
    expect(closings(rule, span)).to.deep.equal([2 * HOUR, 3 * HOUR]);
  });

  it('are judged open by what only rises, and end a firing open by what rises too', () => {
    const of = (comparison: 'above' | 'below' | 'silent', field: 'count' | 'users' | 'sum') => {
      return [isJudgedOpen({ field, comparison }), recoversOpen({ field, comparison })];
    };
    expect([of('above', 'count'), of('above', 'users'), of('above', 'sum')]).to.deep.equal([
      ...[[true, false]],
      ...[[true, false]],
      ...[[false, false]],
    ]);
    expect([of('below', 'count'), of('silent', 'count'), of('below', 'sum')]).to.deep.equal([
      ...[[false, true]],
      ...[[false, true]],
      ...[[false, false]],
    ]);
  });

  it('are not judged by events of the future, or of long ago', () => {
    const start = 100 * MINUTE;
    const by = (firstArrival: number, lastArrival = firstArrival) =>
      isJudgedBy(MINUTES, start, { firstArrival, lastArrival });
    expect([by(start - 1), by(start - 1, start), by(start)]).to.deep.equal([false, true, true]);
    // Its end, two intervals, and a minute for late events.
    const last = start + 4 * MINUTE;
    expect([by(last), by(last + 1)]).to.deep.equal([true, false]);
    expect(earliestJudged(MINUTES, last)).to.equal(start);
  });
});
