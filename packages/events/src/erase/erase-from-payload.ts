import { aggregateRecords, type UserRecordInput } from '../kpl/aggregate-records.ts';
import { isAggregate, readAggregate, type UserRecord } from '../kpl/read-aggregate.ts';
import { splitPayload } from '../records/split-payload.ts';
import type { ErasedUsers } from './erased-users.ts';

/** The rest of a payload without the events of some users. */
export type PayloadErasure =
  | { readonly kind: 'untouched' }
  /**
   * `events` counts the events of each user. `rest` holds all other events and can be sent again; undefined if there
   * are none.
   */
  | { readonly kind: 'erased'; readonly events: ReadonlyMap<string, number>; readonly rest: Uint8Array | undefined };

/** Replaces a partition key that was a user's id. */
const ERASED_KEY = 'erased';
const UNTOUCHED: PayloadErasure = { kind: 'untouched' };

/** Which of the users are erased from this payload. */
type IsErased = (userId: string) => boolean;

/**
 * Removes users' events from a record's payload: one event, an array, lines, or a KPL aggregate of those. The rest
 * comes as lines, or as an aggregate. A piece that is not an event with a `userId` is removed if it holds an id as a
 * JSON string.
 */
export function eraseFromPayload(
  bytes: Uint8Array,
  users: ErasedUsers,
  isErased: IsErased = () => true,
): PayloadErasure {
  const eraser = new PayloadEraser(users, isErased);
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rest = isAggregate(payload) ? eraser.eraseAggregate(payload) : eraser.erasePieces(payload);
  return eraser.events.size === 0 ? UNTOUCHED : { kind: 'erased', events: eraser.events, rest };
}

class PayloadEraser {
  readonly events = new Map<string, number>();
  readonly #users: ErasedUsers;
  readonly #isErased: IsErased;

  constructor(users: ErasedUsers, isErased: IsErased) {
    this.#users = users;
    this.#isErased = isErased;
  }

  /** The rest, in lines; undefined if there is none. */
  erasePieces(payload: Buffer): Uint8Array | undefined {
    const kept = splitPayload(payload).filter((piece) => !this.#count(this.#users.ownerOf(piece, this.#isErased)));
    const rest = kept.flatMap((piece) => [piece.ok ? Buffer.from(piece.text) : piece.bytes, Buffer.from('\n')]);
    return kept.length > 0 ? Buffer.concat(rest) : undefined;
  }

  eraseAggregate(payload: Buffer): Uint8Array | undefined {
    const aggregate = readAggregate(payload);
    // It cannot be divided: nothing of it can be kept.
    if (!aggregate.ok) return void this.#count(this.#users.writtenIn(payload, this.#isErased));
    const kept = aggregate.records.flatMap((record) => this.#eraseRecord(record) ?? []);
    return kept.length > 0 ? aggregateRecords(kept) : undefined;
  }

  #eraseRecord({ partitionKey, explicitHashKey, data }: UserRecord): UserRecordInput | undefined {
    const before = this.#total();
    const rest = this.erasePieces(data);
    if (rest === undefined) return undefined;
    const key = partitionKey.toString();
    return {
      partitionKey: this.#users.has(key) && this.#isErased(key) ? ERASED_KEY : key,
      explicitHashKey: explicitHashKey && BigInt(`0x${explicitHashKey}`).toString(),
      data: this.#total() === before ? data : rest,
    };
  }

  /** Whether any user is erased. */
  #count(owner: string | undefined): boolean {
    if (owner !== undefined) this.events.set(owner, (this.events.get(owner) ?? 0) + 1);
    return owner !== undefined;
  }

  #total(): number {
    return [...this.events.values()].reduce((sum, count) => sum + count, 0);
  }
}
