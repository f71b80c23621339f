import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import { dayToPrepare } from '@weir/reports/src/daily/schedule/due-days.ts';
import { expect } from 'chai';
import { zoneAtNoon } from './zone-at-noon.ts';

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 11, 1);

describe('a time zone in which it is noon', () => {
  for (let hour = 0; hour < 24; hour++) {
    it(`is there at ${hour}:30 UTC`, () => {
      const now = MIDNIGHT + (hour + 0.5) * HOUR_MS;
      const zone = zoneAtNoon(now);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      expect(clock.format(now)).to.equal('12:30');
      expect(dayToPrepare(calendarOf(zone), now)).to.equal(undefined);
    });
  }
});
