import { createHash } from 'node:crypto';
import { type Position, padSequenceNumber } from '@weir/events';

const HOUR_MS = 3_600_000;
const USERS = 20_000;
const SHARD = 'shardId-000000000000';

export const YEAR_HOURS = 365 * 24;
export const ACTIONS = ['visit', 'cart', 'order'];

/** An event of the year. It arrives at its time. */
export interface YearEvent {
  readonly userId: string;
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
}

/** The events of one hour, counted since the epoch: the same each time, of users in no order. */
export function eventsOf(hour: number, count: number): YearEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const hash = createHash('md5').update(`${hour} ${i}`).digest();
    return {
      userId: `u_${hash.readUInt32LE(0) % USERS}`,
      action: ACTIONS[hash.readUInt8(4) % ACTIONS.length] ?? '',
      timestamp: hour * HOUR_MS + Math.floor((i * HOUR_MS) / count),
      value: hash.readUInt16LE(6) / 100,
    };
  });
}

/** The lines of an hour, as the archive has them. `first` is the number of its first record. */
export function linesOf(events: readonly YearEvent[], first: number): string {
  const lines = events.map((event, i) => {
    const id = createHash('md5')
      .update(`id ${first + i}`)
      .digest('hex');
    const head = `{"at":"${SHARD}:${positionOf(first + i).sequenceNumber}:0","arrival":${event.timestamp}`;
    const properties = { page: `/item/${i % 500}`, referrer: 'search', currency: 'EUR' };
    return `${head},"outcome":"counted","event":${JSON.stringify({ id, ...event, properties })}}\n`;
  });
  return lines.join('');
}

/** Where a record is in its log. */
export function positionOf(record: number): Position {
  return { sequenceNumber: padSequenceNumber(String(record + 1)), index: 0 };
}
