import { expect } from 'chai';
import moment from 'moment-timezone';
import { bucketStarts, isTimeZone, localDay, localDayAt, tzdataVersion } from './index.ts';

const DAY = 86_400_000;
const FROM = Date.UTC(2000, 0, 2);
const TO = Date.UTC(2028, 11, 31);

type Zone = NonNullable<ReturnType<typeof moment.tz.zone>>;
const zones = moment.tz.names().map((name) => moment.tz.zone(name) as Zone);

/** The date that moment-timezone shows, in days since 1970-01-01. */
const dayOf = (zone: Zone, at: number) => Math.floor((at - zone.utcOffset(at) * 60_000) / DAY);
const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

const startsOf = ({ name: timeZone }: Zone) => bucketStarts({ from: FROM, to: TO, interval: 'day', timeZone });

/** Throws if the clock shows a later date at an instant than at the start of the day that the instant belongs to. */
function expectNotPast(zone: Zone, start: number, at: number): void {
  const isLater = dayOf(zone, at) > dayOf(zone, start);
  if (isLater) throw new Error(`${zone.name}: ${new Date(at).toISOString()} is of the next day`);
}

describe('the local days of every zone, compared with moment-timezone from 2000 to 2028', () => {
  it('is compared by the same rules of time zones', () => {
    // If this fails, pin the moment-timezone that has the rules of this Node.
    expect(tzdataVersion()).to.equal(moment.tz.dataVersion);
  });

  it('knows the same zones', () => {
    expect(zones.filter(({ name }) => !isTimeZone(name))).to.deep.equal([]);
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !moment.tz.zone(name))).to.deep.equal([]);
    expect(zones.length).to.be.greaterThan(590);
  });

  it('begin at the first instant of their date, without a gap or an overlap, and leave out only dates that never were', function () {
    this.timeout(60_000);
    const leftOut: string[] = [];
    let days = 0;
    for (const zone of zones) {
      const starts = startsOf(zone);
      for (const [index, start] of starts.entries()) {
        const next = starts[index + 1];
        if (next === undefined) break;
        expectNotPast(zone, start, next - 1);
        const skipped = dayOf(zone, next) - dayOf(zone, start) - 1;
        if (skipped < 0) throw new Error(`${zone.name}: the date at ${new Date(next).toISOString()} was there before`);
        if (skipped > 0) leftOut.push(`${zone.name} ${dateOf(dayOf(zone, start) + 1)}`);
        days++;
      }
      for (const change of zone.untils.filter((until) => until > FROM + 2 * DAY && until < TO)) {
        const start = starts.findLast((at) => at < change) ?? FROM;
        expectNotPast(zone, start, change - 1);
        if (!starts.includes(change)) expectNotPast(zone, start, change);
      }
    }
    expect(leftOut).to.deep.equal(['Pacific/Apia 2011-12-30', 'Pacific/Fakaofo 2011-12-30']);
    expect(days).to.be.greaterThan(6_000_000);
  });

  it('are the same by their date and by any instant in them, around each change of clocks', function () {
    this.timeout(60_000);
    for (const zone of zones) {
      const { name, untils } = zone;
      const changes = untils.filter((until) => until > FROM + DAY && until < TO - DAY);
      for (const at of changes.filter((_, index) => index % 9 === 0).flatMap((until) => [until - 1, until])) {
        const day = localDayAt(at, name);
        expect(at, name).to.be.within(day.from, day.to - 1);
        expect(localDay(day.date, name), name).to.deep.equal(day);
        expect(localDayAt(day.to, name).from, name).to.equal(day.to);
      }
    }
  });
});
