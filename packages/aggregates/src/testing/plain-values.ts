import { ByteReader } from '../bytes/byte-reader.ts';
import type { CountedIds } from '../log-entry/counted-ids.ts';
import type { Delta } from '../log-entry/delta.ts';
import type { LogEntry } from '../log-entry/log-entry.ts';
import { hashAt, type UserActivity } from '../log-entry/user-activity.ts';
import type { ActivityRow } from '../rows/activity-row.ts';
import type { DayRow } from '../rows/day-row.ts';
import type { HourRow } from '../rows/hour-row.ts';
import type { DDSketch } from '../sketches/ddsketch.ts';
import type { HourSketches } from '../sketches/hour-sketches.ts';
import type { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { readRegisters } from '../sketches/hyper-log-log-codec.ts';
import type { Totals } from '../totals/totals.ts';

// The content of our bytes, as values that JSON can express. Hours and minutes are counted from the epoch; in a row,
// from its start.

const LISTED = 20;
const SHARES = [0, 0.25, 0.5, 0.75, 0.95, 1];
const LINE = 64;

/** Quantiles, to six digits. */
export function plainValues(values: DDSketch) {
  return SHARES.flatMap((share) => {
    const found = values.quantile(share);
    return found === undefined ? [] : [[share, Number(found.toPrecision(6))]];
  });
}

/** The registers that are not empty; if there are many, the ranks of all, one digit each to base 36. */
export function plainUsers(users: HyperLogLog) {
  const ranks = new Array<number>(2048).fill(0);
  readRegisters(new ByteReader(users.encode()), (register, rank) => {
    ranks[register] = rank;
  });
  const filled = ranks.flatMap((rank, register) => (rank > 0 ? [[register, rank]] : []));
  if (filled.length <= LISTED) return { estimate: users.estimate(), registers: filled };
  const digits = ranks.map((rank) => rank.toString(36)).join('');
  const lines = Array.from({ length: ranks.length / LINE }, (_, at) => digits.slice(at * LINE, (at + 1) * LINE));
  return { estimate: users.estimate(), ranks: lines };
}

export function plainActivityRow(row: ActivityRow) {
  return [...row].map(([action, { count, sum, sumLow }]) => ({ action, count, sum, sumLow }));
}

export function plainDayRow(row: DayRow) {
  return { totals: plainTotals(row.totals), ...plainSketches(row) };
}

export function plainHourRow({ minutes, ...sketches }: HourRow) {
  const totals = [...minutes].map(([minute, of]) => [minute, ...plainTotals(of)]);
  return { minutes: totals, ...plainSketches(sketches) };
}

export function plainEntry(entry: LogEntry) {
  const { from = null, to, firstArrival, lastArrival, appendedAt, outcomes } = entry;
  const { archive = null, quarantine = null, delta, activity, ids } = entry;
  return {
    ...{ from, to, firstArrival, lastArrival, appendedAt, outcomes, archive, quarantine },
    ids: plainIds(ids),
    delta: plainDelta(delta),
    activity: activity ? plainActivity(activity) : null,
  };
}

/** The hashes by second of arrival. */
function plainIds({ hashes, arrivals }: CountedIds) {
  const seconds = Map.groupBy(arrivals.keys(), (index) => arrivals[index]);
  return [...seconds].map(([second, indexes]) => [second, indexes.map((index) => hashAt(hashes, index))]);
}

function plainDelta(delta: Delta) {
  return [...delta].map(([action, { first, last, minutes, hours }]) => ({
    ...{ action, first, last },
    minutes: [...minutes].map(([minute, totals]) => [minute, ...plainTotals(totals)]),
    hours: [...hours].map(([hour, sketches]) => [hour, plainSketches(sketches)]),
  }));
}

function plainActivity(activity: UserActivity) {
  return Array.from({ length: activity.hashes.length / 2 }, (_, index) => [
    hashAt(activity.hashes, index),
    activity.actionsAt(index).map(({ day, action, count, sum, sumLow }) => [day, action, count, sum, sumLow]),
  ]);
}

/** Count, sum, the rounding error of the sum, least and greatest value. */
function plainTotals({ count, sum, sumLow, min, max }: Totals) {
  return [count, sum, sumLow, min, max];
}

function plainSketches({ users, values }: HourSketches) {
  return { users: plainUsers(users), values: plainValues(values) };
}
