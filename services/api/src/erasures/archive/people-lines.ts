import { hash64, registerOf } from '@weir/aggregates';
import { MemberCounts, type People, type Person } from '../cohort/people.ts';

const NEW_LINE = 0x0a;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
/** The bytes that JSON may have between a name and its value: a colon, spaces and tabs. */
const BETWEEN = new Set([0x3a, 0x20, 0x09, 0x0d]);
const USER_ID = Buffer.from('"userId"');
/** With at most this many ids, searching a block for each id is faster than checking each of its lines. */
const FEW = 4;
const HASH = new Uint32Array(2);

interface ArchiveLine {
  readonly arrival: number;
  readonly event: { readonly userId?: unknown };
}

/** A line of one of these users in a block. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly person: Person;
}

/** The values of an object as they are written in the text, by name. */
type Sources = Readonly<Record<string, string>>;

/**
 * Finds users' lines in blocks of whole archive lines, and erases the users from them. All other bytes stay unchanged.
 */
export class PeopleLines {
  /** The lines from which a user was erased. */
  readonly erased = new MemberCounts();
  readonly #people: People;
  /** The ids as they are written without a backslash, if they are few. */
  readonly #written: readonly Buffer[] | undefined;

  constructor(people: People) {
    this.#people = people;
    if (people.size <= FEW) this.#written = people.ids.map((userId) => Buffer.from(`"${userId}"`));
  }

  areIn(block: Buffer): boolean {
    return this.#find(block).next().done === false;
  }

  /** The block without these users, in pieces. */
  *rewrite(block: Buffer): Iterable<Uint8Array> {
    let kept = 0;
    for (const { start, end, text, person } of this.#find(block)) {
      yield block.subarray(kept, start);
      yield Buffer.from(withoutPerson(text, person.userId));
      kept = end;
      this.erased.add(person.member);
    }
    yield block.subarray(kept);
  }

  *#find(block: Buffer): Generator<Found> {
    if (!this.#mayBeIn(block)) return;
    for (const at of this.#suspicious(block)) {
      const start = block.lastIndexOf(NEW_LINE, at) + 1;
      const end = indexOf(block, NEW_LINE, at);
      const text = block.toString('utf8', start, end);
      const { arrival, event } = JSON.parse(text) as ArchiveLine;
      const person = this.#people.find(event.userId, arrival);
      if (person) yield { start, end, text, person };
    }
  }

  #mayBeIn(block: Buffer): boolean {
    if (!this.#written) return true;
    return block.includes(BACKSLASH) || this.#written.some((id) => block.includes(id));
  }

  /**
   * One position in each line that may belong to one of these users: a `"userId"` followed by one of their ids, or a
   * backslash. Without a backslash, name and id can be written in only one way.
   */
  *#suspicious(block: Buffer): Generator<number> {
    let backslash = -1;
    let name = -1;
    for (let from = 0; from < block.length; ) {
      if (backslash < from) backslash = indexOf(block, BACKSLASH, from);
      if (name < from) name = indexOf(block, USER_ID, from);
      const at = Math.min(name, backslash);
      if (at === block.length) return;
      const id = textAfter(block, at + USER_ID.length);
      const isSuspicious = backslash <= id.end || this.#people.hasBytes(block.toString('latin1', id.start, id.end));
      if (isSuspicious) yield at;
      from = isSuspicious ? indexOf(block, NEW_LINE, at) : id.end;
    }
  }
}

/** The next position of `what`, or the end of the block. */
function indexOf(block: Buffer, what: number | Buffer, from: number): number {
  const found = block.indexOf(what, from);
  return found < 0 ? block.length : found;
}

/** The string value of a name that ends at `end`; empty if there is no string or no name. */
function textAfter(block: Buffer, end: number): { readonly start: number; readonly end: number } {
  let at = end;
  while (BETWEEN.has(block[at] ?? 0)) at++;
  return block[at] === QUOTE ? { start: at + 1, end: indexOf(block, QUOTE, at + 1) } : { start: end, end };
}

/**
 * A line with only what was counted of its event: action, timestamp and value as they were written, and the user's
 * register and rank in the HyperLogLogs. Some 2,000 times 2^rank other users share these.
 */
function withoutPerson(text: string, userId: string): string {
  const head = text.slice(0, text.indexOf(',"event":'));
  const { action, timestamp, value } = eventSources(text);
  const written = value === undefined ? '' : `,"value":${value}`;
  hash64(userId, HASH);
  const user = JSON.stringify(registerOf(HASH[0] as number, HASH[1] as number));
  return `${head},"event":{"action":${action},"timestamp":${timestamp}${written}},"user":${user}}`;
}

/** The primitive values of a line's event, as they are written in the text. */
function eventSources(text: string): Sources {
  const sources = new Map<object, Record<string, string>>();
  const line = parseWithSource(text, function (name, value, { source }) {
    if (source !== undefined) {
      const own = sources.get(this) ?? {};
      own[name] = source;
      sources.set(this, own);
    }
    return value;
  });
  return sources.get((line as { event: object }).event) ?? {};
}

// biome-ignore lint/complexity/useMaxParams: JSON.parse calls it
type Reviver = (this: object, name: string, value: unknown, context: { readonly source?: string }) => unknown;

/** `JSON.parse` whose reviver also gets the text of each primitive (ECMAScript's "JSON.parse source text access"). */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;
