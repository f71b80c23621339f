import { Temporal } from 'temporal-polyfill';
import type { OffsetSpan, ZoneSpans } from './bucket-starts.ts';
import { type Calendar, createCalendar } from './calendar.ts';

/** Before and after this range, a zone keeps the offset that it has at the range's end. No event is as early. */
const RULES_FROM = Date.UTC(1970, 0, 1);
const RULES_TO = Date.UTC(2200, 0, 1);

/** The names of IANA; offsets such as `+05:30` are no zones. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
/** Names that the runtime still knows, and that IANA has removed or never had. */
const NO_NAME_OF_IANA = /^(?:SystemV\/.*|US\/Pacific-New|Canada\/East-Saskatchewan)$/i;

/** The calendar of a zone of IANA, in any case; undefined if there is no such zone. */
export function zoneCalendar(timeZone: string): Calendar | undefined {
  const isName = NAME.test(timeZone) && !NO_NAME_OF_IANA.test(timeZone);
  const zone = isName ? findZone(timeZone) : undefined;
  return zone && createCalendar(zone.timeZoneId, spansOf(zone));
}

/** The version of the rules of time zones in this process, for example `2026c`. */
export function tzdataVersion(): string {
  return process.versions.tz ?? 'unknown';
}

function findZone(timeZone: string): Temporal.ZonedDateTime | undefined {
  try {
    // The library keeps what it found for each spelling: there is only one.
    return new Temporal.ZonedDateTime(0n, timeZone.toLowerCase());
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function spansOf(zone: Temporal.ZonedDateTime): ZoneSpans {
  const clockAt = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.timeZoneId);
  return (from, to) => {
    let clock = clockAt(Math.min(Math.max(from, RULES_FROM), RULES_TO));
    const spans: OffsetSpan[] = [{ from, offset: offsetOf(clock) }];
    for (;;) {
      const next = clock.getTimeZoneTransition('next');
      if (!next || next.epochMilliseconds >= Math.min(to, RULES_TO)) return spans;
      spans.push({ from: next.epochMilliseconds, offset: offsetOf(next) });
      clock = next;
    }
  };
}

function offsetOf({ offsetNanoseconds }: Temporal.ZonedDateTime): number {
  return offsetNanoseconds / 1e6;
}
