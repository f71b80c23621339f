import { expect } from 'chai';
import { zoneCalendar } from './index.ts';
import { openCalendar } from './late.ts';

const RANGE = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 8), interval: 'day' } as const;

describe('a calendar that is opened when it is needed', () => {
  it('is the same in UTC as that of the rules of time zones', async () => {
    const late = await openCalendar('UTC');
    for (const interval of ['minute', 'hour', 'day', 'week', 'month'] as const) {
      const range = { ...RANGE, interval };
      expect(late?.roundRange(range)).to.deep.equal(zoneCalendar('Etc/UTC')?.roundRange(range));
      expect(late?.bucketStarts(range)).to.deep.equal(zoneCalendar('Etc/UTC')?.bucketStarts(range));
    }
  });

  it('has the usual spelling of its zone, and is undefined where there is none', async () => {
    expect((await openCalendar('europe/berlin'))?.timeZone).to.equal('Europe/Berlin');
    expect(await openCalendar('Mars/Base')).to.equal(undefined);
  });
});
