import { expect } from 'chai';
import { suggestMilliseconds } from './suggest-milliseconds.ts';

describe('suggestMilliseconds', () => {
  for (const [time, milliseconds] of [
    [Date.UTC(2000, 0, 1) / 1000, '946684800000'],
    [1764000000, '1764000000000'],
    [1764000000.25, '1764000000250'],
    [Date.UTC(2100, 0, 1) / 1000 - 1, '4102444799000'],
  ] as const) {
    it(`turns ${time} into ${milliseconds}`, () => {
      expect(suggestMilliseconds(time)).to.equal(`seems to be in seconds: send milliseconds, ${milliseconds}`);
    });
  }

  for (const time of [0, -1764000000, 946684799, Date.UTC(2100, 0, 1) / 1000, 1764000000000, Number.NaN, Infinity]) {
    it(`suggests nothing for ${time}`, () => expect(suggestMilliseconds(time)).to.equal(undefined));
  }
});
