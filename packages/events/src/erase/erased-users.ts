import type { Piece } from '../records/split-payload.ts';

const QUOTE = '"';

/** One user, and their place among the others. */
interface Rank {
  readonly userId: string;
  readonly rank: number;
}

/** A form in which an id is written, from its first quotation mark on. */
interface Written extends Rank {
  /** Within another JSON string, a backslash stands before that mark. */
  readonly isNested: boolean;
}

/**
 * Users whose events are erased, in an order: a piece that may belong to several users belongs to the first of them.
 */
export class ErasedUsers {
  readonly #byId = new Map<string, Rank>();
  readonly #byNumber = new Map<number, Rank[]>();
  readonly #written = new Map<string, Written>();
  /** The lengths of the texts in `#written`. */
  readonly #lengths = new Set<number>();

  constructor(userIds: Iterable<string>) {
    for (const userId of userIds) this.#add({ userId, rank: this.#byId.size });
  }

  has(userId: string): boolean {
    return this.#byId.has(userId);
  }

  /** The owner of a piece of a payload, of those for whom `isErased` is true. */
  ownerOf(piece: Piece, isErased: (userId: string) => boolean): string | undefined {
    const named = piece.ok ? userIdOf(piece.value) : undefined;
    if (typeof named === 'string') return this.#byId.has(named) && isErased(named) ? named : undefined;
    // Refused because of this, but the user's all the same. A number past 2^53 has lost digits: nobody can tell any
    // more which id it was.
    const numbered = typeof named === 'number' ? (this.#byNumber.get(named) ?? []) : [];
    return first([...numbered, ...this.#writtenIn(piece.bytes)], isErased);
  }

  /** The user whose id is written in the bytes, of those for whom `isErased` is true. */
  writtenIn(bytes: Uint8Array, isErased: (userId: string) => boolean): string | undefined {
    return first(this.#writtenIn(bytes), isErased);
  }

  #add(user: Rank): void {
    if (this.#byId.has(user.userId)) return;
    this.#byId.set(user.userId, user);
    const number = Number(user.userId);
    if (!Number.isNaN(number)) this.#byNumber.set(number, [...(this.#byNumber.get(number) ?? []), user]);
    for (const text of waysToWrite(user.userId)) {
      this.#addWritten(text, { ...user, isNested: false });
      this.#addWritten(JSON.stringify(text).slice(2, -1), { ...user, isNested: true });
    }
  }

  #addWritten(text: string, written: Written): void {
    const bytes = latin1Of(Buffer.from(text));
    this.#written.set(bytes, written);
    this.#lengths.add(bytes.length);
  }

  #writtenIn(bytes: Uint8Array): Written[] {
    const text = latin1Of(bytes);
    const found: Written[] = [];
    for (let at = text.indexOf(QUOTE); at >= 0; at = text.indexOf(QUOTE, at + 1)) {
      for (const length of this.#lengths) {
        if (text[at + length - 1] !== QUOTE) continue;
        const written = this.#written.get(text.slice(at, at + length));
        if (written && (!written.isNested || text[at - 1] === '\\')) found.push(written);
      }
    }
    return found;
  }
}

function first(users: readonly Rank[], isErased: (userId: string) => boolean): string | undefined {
  let found: Rank | undefined;
  for (const user of users) {
    if ((found === undefined || user.rank < found.rank) && isErased(user.userId)) found = user;
  }
  return found?.userId;
}

/** An id as a JSON string in its usual forms: as it is, or with everything except ASCII escaped. */
function waysToWrite(userId: string): Set<string> {
  const plain = JSON.stringify(userId);
  const escaped = plain.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const upper = escaped.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`);
  return new Set([plain, escaped, upper]);
}

/** One character for each byte: positions in it are positions in the bytes. */
function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function userIdOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { readonly userId?: unknown }).userId : undefined;
}
