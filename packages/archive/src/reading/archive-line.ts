import { parseTimestamp } from '@weir/events';

export type LineOutcome = 'counted' | 'duplicate' | 'other';

/** A line of the archive, as far as it is counted. Times are epoch milliseconds. */
export interface ArchiveLine {
  readonly sequenceNumber: string;
  readonly index: number;
  readonly arrival: number;
  readonly outcome: LineOutcome;
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
  /** Undefined if the person was erased. */
  readonly userId: string | undefined;
  /** Of an erased person: register and rank in the HyperLogLogs. */
  readonly register: readonly [number, number] | undefined;
}

/** The fields of a line in its JSON. */
type Fields = { readonly [K in 'at' | 'arrival' | 'outcome' | 'event' | 'user']?: unknown };
type EventFields = { readonly [K in 'action' | 'timestamp' | 'value' | 'userId']?: unknown };

const OUTCOMES: ReadonlySet<unknown> = new Set<LineOutcome>(['counted', 'duplicate', 'other']);

/** Reads a parsed line; throws if it is none. Hot: once for each line. */
export function archiveLine(parsed: unknown): ArchiveLine {
  const { at, arrival, outcome, event, user } = (parsed ?? {}) as Fields;
  if (typeof at !== 'string' || typeof arrival !== 'number' || !OUTCOMES.has(outcome)) throw notALine();
  if (typeof event !== 'object' || event === null) throw notALine();
  const { action, timestamp, value = 0, userId } = event as EventFields;
  const ms = typeof timestamp === 'string' ? parseTimestamp(timestamp) : timestamp;
  if (typeof action !== 'string' || typeof ms !== 'number' || typeof value !== 'number') throw notALine();
  const colon = at.indexOf(':');
  const indexColon = at.indexOf(':', colon + 1);
  const index = Number(at.slice(indexColon + 1));
  if (colon < 0 || indexColon < 0 || !Number.isInteger(index)) throw notALine();
  // An event has no field outside it: only an erased line has a user there.
  const register = user === undefined ? undefined : registerOf(user);
  if (register ? userId !== undefined : typeof userId !== 'string') throw notALine();
  return {
    sequenceNumber: at.slice(colon + 1, indexColon),
    index,
    arrival,
    outcome: outcome as LineOutcome,
    action,
    timestamp: ms,
    // Adding 0 turns -0 into 0, as for the count.
    value: value + 0,
    userId: userId as string | undefined,
    register,
  };
}

function registerOf(user: unknown): readonly [number, number] {
  const { register, rank } = (user ?? {}) as { readonly register?: unknown; readonly rank?: unknown };
  if (!Number.isInteger(register) || !Number.isInteger(rank)) throw notALine();
  return [register as number, rank as number];
}

function notALine(): Error {
  return new Error('not a line of the archive');
}
