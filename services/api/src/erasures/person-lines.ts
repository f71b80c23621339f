import { hash64, registerOf } from '@weir/aggregates';
import type { Person } from './erase-deps.ts';

const NEW_LINE = 0x0a;
const BACKSLASH = 0x5c;
const HASH = new Uint32Array(2);

interface ArchiveLine {
  readonly arrival: number;
  readonly event: { readonly userId?: unknown };
}

/** The values of an object as they are written, by name. */
type Sources = Readonly<Record<string, string>>;

/** Finds a person's lines in blocks of whole archive lines, and takes the person out. Every other byte stays. */
export class PersonLines {
  /** Lines that the person was taken out of. */
  erased = 0;
  readonly #person: Person;
  /** The id where it is written as it is. Written in any other way, it needs a backslash. */
  readonly #written: Buffer;

  constructor(person: Person) {
    this.#person = person;
    this.#written = Buffer.from(`"${person.userId}"`);
  }

  areIn(block: Buffer): boolean {
    return this.#find(block).next().done === false;
  }

  /** The block without the person, in pieces. */
  *rewrite(block: Buffer): Iterable<Uint8Array> {
    let kept = 0;
    for (const { start, end, text } of this.#find(block)) {
      yield block.subarray(kept, start);
      yield Buffer.from(withoutPerson(text, this.#person.userId));
      kept = end;
      this.erased++;
    }
    yield block.subarray(kept);
  }

  *#find(block: Buffer): Generator<{ start: number; end: number; text: string }> {
    if (!this.#mayBeIn(block)) return;
    for (let start = 0; start < block.length; ) {
      const found = block.indexOf(NEW_LINE, start);
      const end = found < 0 ? block.length : found;
      const line = block.subarray(start, end);
      if (this.#mayBeIn(line)) {
        const text = line.toString();
        if (this.#isTheirs(text)) yield { start, end, text };
      }
      start = end + 1;
    }
  }

  #mayBeIn(bytes: Buffer): boolean {
    return bytes.includes(this.#written) || bytes.includes(BACKSLASH);
  }

  #isTheirs(text: string): boolean {
    const { arrival, event } = JSON.parse(text) as ArchiveLine;
    return event.userId === this.#person.userId && arrival < this.#person.until;
  }
}

/**
 * A line with what was counted of its event and no more: action, timestamp and value as they were written, and register
 * and rank that the person has in the HyperLogLogs, which some 2,000 times 2^rank others share.
 */
function withoutPerson(text: string, userId: string): string {
  const head = text.slice(0, text.indexOf(',"event":'));
  const { action, timestamp, value } = eventSources(text);
  const written = value === undefined ? '' : `,"value":${value}`;
  hash64(userId, HASH);
  const user = JSON.stringify(registerOf(HASH[0] as number, HASH[1] as number));
  return `${head},"event":{"action":${action},"timestamp":${timestamp}${written}},"user":${user}}`;
}

/** The primitive values of a line's event, as they are written. */
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

type Reviver = (this: object, name: string, value: unknown, context: { readonly source?: string }) => unknown;

/** `JSON.parse` whose reviver also sees how each primitive is written (ECMAScript's "JSON.parse source text access"). */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;
