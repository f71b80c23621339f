import { expect } from 'chai';
import { readRetryAfter } from './read-retry-after.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

describe('Retry-After', () => {
  const cases: [string | undefined, number | undefined][] = [
    ['120', 120_000],
    [' 0 ', 0],
    ['9999999999', HOUR_MS],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
    ['Fri, 02 Jan 2026 00:00:00 GMT', HOUR_MS],
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5 s', undefined],
  ];
  for (const [header, expected] of cases) {
    it(`${header === undefined ? 'that is absent' : `'${header}'`} means ${expected ?? 'nothing'}`, () => {
      expect(readRetryAfter(header, { now: NOW, maxMs: HOUR_MS })).to.equal(expected);
    });
  }
});
