/**
 * Times as the clocks of a zone show them, in milliseconds as if the zone were UTC: 02:00 in Berlin is the same number as
 * 02:00 in UTC.
 */
export type ClockTime = number;

/** The longest step of any zone's clocks, and more than a day's distance from the next one. */
const AROUND_MS = 86_400_000;

/** What the clocks of the zone show; without a zone, UTC. */
export function clockTime(at: number, timeZone: string | undefined): ClockTime {
  return at + offsetAt(at, timeZone);
}

/**
 * The moment at which the clocks of the zone first show this time. Undefined for a time that they skip; the earlier
 * moment for a time that they show twice.
 */
export function momentOf(shown: ClockTime, timeZone: string | undefined): number | undefined {
  const offsets = [shown - AROUND_MS, shown + AROUND_MS].map((near) => offsetAt(near, timeZone));
  const moments = offsets.map((offset) => shown - offset).filter((at) => clockTime(at, timeZone) === shown);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Throws if there is no such zone. */
export function expectTimeZone(timeZone: string | undefined): void {
  try {
    offsetAt(0, timeZone);
  } catch {
    throw new Error(`There is no time zone ${timeZone}`);
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(at: number, timeZone: string | undefined): number {
  if (timeZone === undefined) return 0;
  const format = formats.get(timeZone) ?? createFormat(timeZone);
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const date = { year: numeric, month: numeric, day: numeric } as const;
  const time = { hour: numeric, minute: numeric, second: numeric } as const;
  return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', calendar: 'gregory', ...date, ...time });
}
