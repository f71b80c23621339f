import { aggregateRecords, type UserRecordInput } from '../kpl/aggregate-records.ts';
import { isAggregate, readAggregate, type UserRecord } from '../kpl/read-aggregate.ts';
import { type Piece, splitPayload } from '../records/split-payload.ts';

/** What is left of a payload without one user's events. */
export type PayloadErasure =
  | { readonly kind: 'untouched' }
  /** `rest` holds everybody else's events and can be sent again; undefined when there are none. */
  | { readonly kind: 'erased'; readonly events: number; readonly rest: Uint8Array | undefined };

/** Stands for a partition key that was the user's id. */
const ERASED_KEY = 'erased';

/**
 * Takes a user's events out of a record's payload: one event, an array, lines, or a KPL aggregate of those. What is
 * left comes as lines, or as an aggregate. Of what is no event with a `userId`, whatever holds the id as a JSON string goes.
 */
export function eraseFromPayload(bytes: Uint8Array, userId: string): PayloadErasure {
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const user = new UserMark(userId);
  return isAggregate(payload) ? eraseFromAggregate(payload, user) : eraseFromPieces(payload, user);
}

function eraseFromPieces(payload: Buffer, user: UserMark): PayloadErasure {
  const pieces = splitPayload(payload);
  const kept = pieces.filter((piece) => !user.isIn(piece));
  const events = pieces.length - kept.length;
  if (events === 0) return { kind: 'untouched' };
  const rest = kept.flatMap((piece) => [piece.ok ? Buffer.from(piece.text) : piece.bytes, Buffer.from('\n')]);
  return { kind: 'erased', events, rest: kept.length > 0 ? Buffer.concat(rest) : undefined };
}

function eraseFromAggregate(payload: Buffer, user: UserMark): PayloadErasure {
  const aggregate = readAggregate(payload);
  // Nobody can take it apart, so nothing of it can be kept.
  if (!aggregate.ok) return user.isWrittenIn(payload) ? { kind: 'erased', events: 1, rest: undefined } : UNTOUCHED;
  let events = 0;
  const kept: UserRecordInput[] = [];
  for (const record of aggregate.records) {
    const erasure = eraseFromPieces(record.data, user);
    if (erasure.kind === 'untouched') kept.push(userRecord(record, record.data, user));
    else {
      events += erasure.events;
      if (erasure.rest) kept.push(userRecord(record, erasure.rest, user));
    }
  }
  if (events === 0) return UNTOUCHED;
  return { kind: 'erased', events, rest: kept.length > 0 ? aggregateRecords(kept) : undefined };
}

const UNTOUCHED: PayloadErasure = { kind: 'untouched' };

function userRecord({ partitionKey, explicitHashKey }: UserRecord, data: Uint8Array, user: UserMark): UserRecordInput {
  const key = partitionKey.toString();
  return {
    partitionKey: key === user.userId ? ERASED_KEY : key,
    explicitHashKey: explicitHashKey && BigInt(`0x${explicitHashKey}`).toString(),
    data,
  };
}

/** Knows a user where they are named. */
class UserMark {
  readonly userId: string;
  /**
   * The id as a JSON string, as it is mostly written: as it is, or with everything but ASCII escaped. And each of these
   * within a JSON string: an event that was made JSON twice is a text to whoever reads it.
   */
  readonly #written: readonly string[];

  constructor(userId: string) {
    this.userId = userId;
    const plain = JSON.stringify(userId);
    const escaped = plain.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const upper = escaped.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`);
    const once = [plain, escaped, upper];
    this.#written = [...new Set([...once, ...once.map((text) => JSON.stringify(text).slice(1, -1))])];
  }

  isIn(piece: Piece): boolean {
    const named = piece.ok ? userIdOf(piece.value) : undefined;
    if (typeof named === 'string') return named === this.userId;
    // Refused for it, and theirs all the same. Of a number past 2^53 nobody can tell any more which it was.
    if (typeof named === 'number' && Number(this.userId) === named) return true;
    return this.isWrittenIn(piece.bytes);
  }

  isWrittenIn(bytes: Uint8Array): boolean {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#written.some((written) => text.includes(written));
  }
}

function userIdOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { readonly userId?: unknown }).userId : undefined;
}
