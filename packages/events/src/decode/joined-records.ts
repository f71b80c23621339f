import { isAscii, isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { MAX_EVENT_BYTES } from '../contract/limits.ts';
import { hasSurrogateEscape } from '../json-text/find-surrogates.ts';
import type { TextRange } from '../records/event-text.ts';
import type { StreamRecord } from '../records/stream-record.ts';

/** A larger group gains nothing, and one bad record sends its whole group the slow way. */
const MAX_RECORDS = 64;

/** An event that fits into a group is not too large: its size need not be checked. */
const MAX_GROUP_BYTES = MAX_EVENT_BYTES;

/** Groups lie side by side in blocks of memory: a block for each would be one more to allocate and to collect. */
const MAX_BLOCK_BYTES = 256 * 1024;

/**
 * Stands in each record as its first key. A sender cannot guess it (96 bits, different in each process). If the array
 * has as many elements as there are records, and each has the key as its own, then each record was exactly one JSON
 * object. The key never shows in a result. (A string between every two records would tell as well, but the parser is
 * faster if an element's neighbour has the same keys.)
 */
const mark = randomBytes(12).toString('base64');
const opening = Buffer.from(`{"${mark}":0`, 'latin1');
const roomBesides = opening.length + 1;

const firstOfBrace = 'e'.charCodeAt(0); // Base64 of a text that begins with `{` begins with `e`.
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Parses many small records, each one JSON object on one line, with one `JSON.parse`, because each call costs. It
 * leaves every record that it is not sure of to the caller, who decodes it alone (docs/decisions/0010).
 */
export class JoinedRecords {
  readonly #records: readonly StreamRecord[];
  readonly #starts = new Int32Array(MAX_RECORDS);
  readonly #ends = new Int32Array(MAX_RECORDS);
  #bytes = Buffer.alloc(0);
  /** Where the group begins, and where it ends until now. */
  #start = 0;
  #end = 0;
  #count = 0;

  constructor(records: readonly StreamRecord[]) {
    this.#records = records;
  }

  /** Takes records from `from` on while each looks like one object; returns how many it took. */
  fill(from: number): number {
    const limit = Math.min(this.#records.length - from, MAX_RECORDS);
    this.#count = 0;
    if (!beginsAsObject(this.#dataAt(from))) return 0;
    this.#makeRoom(from, limit);
    this.#bytes[this.#start] = OPEN_BRACKET;
    this.#end = this.#start + 1;
    while (this.#count < limit && this.#take(this.#dataAt(from + this.#count))) this.#count++;
    return this.#count;
  }

  /**
   * The records' values, `mark` among their keys; undefined unless each record is one JSON object on one line, without
   * escaped surrogates.
   */
  parse(): readonly unknown[] | undefined {
    this.#bytes[this.#end] = CLOSE_BRACKET;
    const view = this.#bytes.subarray(this.#start, this.#end + 1);
    const ascii = isAscii(view);
    if (!ascii && !isUtf8(view)) return undefined;
    const text = view.toString(ascii ? 'latin1' : 'utf8');
    if (text.includes('\n') || text.includes('\r') || hasSurrogateEscape(text)) return undefined;
    const values = parseOrUndefined(text);
    if (values === undefined || !this.#areMarked(values)) return undefined;
    this.#keep();
    return values;
  }

  /** Where the text of the record at an index of the group is, after `parse` returned its value. */
  rangeOf(index: number): TextRange {
    return { bytes: this.#bytes, start: this.#starts[index] as number, end: this.#ends[index] as number };
  }

  /** A group that returned values keeps its memory, which holds the texts of its events. */
  #keep(): void {
    for (let index = 0; index < this.#count; index++) this.#bytes[this.#starts[index] as number] = OPEN_BRACE;
    this.#start = this.#end;
  }

  #makeRoom(from: number, limit: number): void {
    let room = 2;
    for (let at = from; at < from + limit; at++) room += roomBesides + this.#dataAt(at).length;
    room = Math.min(room, MAX_GROUP_BYTES);
    if (this.#bytes.length - this.#start >= room) return;
    const groups = Math.ceil((this.#records.length - from) / limit);
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(room, Math.min(groups * room, MAX_BLOCK_BYTES)));
    this.#start = 0;
  }

  /** In the array, a record's opening brace and the mark stand before it, and a comma in place of its brace. */
  #take(data: string): boolean {
    const bytes = this.#bytes;
    const start = this.#end + (this.#count === 0 ? 0 : 1) + opening.length;
    const limit = Math.min(bytes.length, this.#start + MAX_GROUP_BYTES);
    if (!beginsAsObject(data) || start + data.length * 0.75 >= limit) return false;
    let end = start + bytes.write(data, start, 'base64');
    if (bytes[end - 1] === LINE_FEED) end--;
    if (bytes[end - 1] === CARRIAGE_RETURN) end--;
    if (end < start + 2 || bytes[start] !== OPEN_BRACE || bytes[end - 1] !== CLOSE_BRACE) return false;
    bytes[start] = COMMA;
    if (this.#count > 0) bytes[this.#end++] = COMMA;
    bytes.set(opening, this.#end);
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#end = end;
    return true;
  }

  #areMarked(values: readonly unknown[]): boolean {
    if (values.length !== this.#count) return false;
    for (const value of values) if (!isMarked(value)) return false;
    return true;
  }

  #dataAt(at: number): string {
    return (this.#records[at] as StreamRecord).data;
  }
}

function beginsAsObject(data: string): boolean {
  return data.charCodeAt(0) === firstOfBrace;
}

function isMarked(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Record<string, unknown>)[mark] === 0;
}

function parseOrUndefined(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
}
