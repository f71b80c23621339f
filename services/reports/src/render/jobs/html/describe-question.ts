import { formatDate, formatNumber, formatPlainDate } from '@weir/charts';
import { calendarOf } from '../../../daily/calendar-of.ts';
import type { AskedQuestion } from '../../../kinds/job-answer.ts';
import { formatInstant } from '../../view/format-instant.ts';

// A header is no list.
const NAMED = 3;

/** The local days of a range: `1 January 2026 to 31 March 2026`. */
export function describeRange({ from, to, timeZone }: AskedQuestion): string {
  const calendar = calendarOf(timeZone);
  const [first, last] = [calendar.localDayAt(from).date, calendar.localDayAt(to - 1).date];
  return first === last ? formatDate(first) : `${formatPlainDate(first)} to ${formatPlainDate(last)}`;
}

/** `all actions`, or the names of a few. */
export function describeAsked({ actions }: AskedQuestion): string {
  if (!actions) return 'all actions';
  const named = actions.slice(0, NAMED).join(', ');
  return actions.length > NAMED ? `${named} and ${formatNumber(actions.length - NAMED)} more` : named;
}

/** The exact range. */
export function describeInstants({ from, to }: AskedQuestion): string {
  const [start, end] = [from, to].map((at) => formatInstant(new Date(at).toISOString()));
  return `From ${start} up to ${end}.`;
}

/** Why some events are left out; undefined if none are. */
export function describeErased(events: number): string | undefined {
  if (events === 0) return undefined;
  if (events === 1) return '1 event of an erased person has no user, and is left out.';
  return `${formatNumber(events)} events of erased people have no user, and are left out.`;
}

/** How users are told apart. */
export const USERS_ARE_HASHES = 'Users are counted exactly, by a hash of 64 bits of their ids.';
