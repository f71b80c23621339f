import { expect } from 'chai';
import { formatDate, formatDayOfMonth, formatMonth, formatPlainDate, formatShortDate } from './format-date.ts';

describe('format-date', () => {
  for (const [date, long, short] of [
    ['2026-11-29', 'Sunday, 29 November 2026', 'Sun 29'],
    ['2024-02-29', 'Thursday, 29 February 2024', 'Thu 29'],
    ['1969-12-31', 'Wednesday, 31 December 1969', 'Wed 31'],
    ['2000-01-01', 'Saturday, 1 January 2000', 'Sat 1'],
  ] as const) {
    it(`writes ${date} as ${long}`, () => {
      expect(formatDate(date)).to.equal(long);
      expect(formatShortDate(date)).to.equal(short);
    });
  }

  it('writes a date without its weekday, and parts of it', () => {
    const written = [formatPlainDate, formatDayOfMonth, formatMonth].map((format) => format('2024-02-29'));
    expect(written).to.deep.equal(['29 February 2024', '29 Feb', 'February 2024']);
  });
});
