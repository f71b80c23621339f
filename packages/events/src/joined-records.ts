import { isAscii, isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { hasSurrogateEscape } from './check-surrogates.ts';
import { maxEventBytes } from './limits.ts';
import type { StreamRecord } from './types.ts';

/** More gains nothing, and one bad record sends all of its group the slow way. */
const maxRecords = 64;

/** What fits here is also no event too large, so that its size need not be checked. */
const capacity = maxEventBytes;

/**
 * Stands between two records. A sender cannot guess it (96 bits, another in each process), so where all of them are
 * found as elements of the array, in their places, each record was exactly one JSON value. It never shows in a result.
 */
const separator = randomBytes(12).toString('base64');
const glue = Buffer.from(`,"${separator}",`, 'latin1');

const firstOfBrace = 'e'.charCodeAt(0); // Base64 of a text that begins with `{` begins with `e`.
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Parses many small records, each one JSON object on one line, with one `JSON.parse`, as each call costs.
 * What it cannot vouch for it leaves to the caller, to be decoded one by one (docs/decisions/0010).
 */
export class JoinedRecords {
  readonly #bytes = Buffer.allocUnsafeSlow(capacity);
  readonly #starts = new Int32Array(maxRecords);
  readonly #ends = new Int32Array(maxRecords);
  #count = 0;
  #length = 0;
  #latin1: string | undefined;

  /** Takes records from `from` on while they look like one object each; returns how many it took. */
  fill(records: readonly StreamRecord[], from: number): number {
    const limit = Math.min(records.length - from, maxRecords);
    this.#count = 0;
    this.#bytes[0] = openBracket;
    this.#length = 1;
    while (this.#count < limit && this.#take((records[from + this.#count] as StreamRecord).data)) this.#count++;
    return this.#count;
  }

  /** The records' values at the even places; undefined unless each record is one JSON object on one line, without escaped surrogates. */
  parse(): readonly unknown[] | undefined {
    const view = this.#bytes.subarray(0, this.#length + 1);
    view[this.#length] = closeBracket;
    const ascii = isAscii(view);
    if (!ascii && !isUtf8(view)) return undefined;
    const text = view.toString(ascii ? 'latin1' : 'utf8');
    if (text.includes('\n') || text.includes('\r') || hasSurrogateEscape(text)) return undefined;
    this.#latin1 = ascii ? text : undefined;
    const values = parseOrUndefined(text);
    return values !== undefined && this.#isSeparated(values) ? values : undefined;
  }

  /** The text of the record at a place of the group, after `parse` gave its value. */
  text(place: number): string {
    const start = this.#starts[place] as number;
    const end = this.#ends[place] as number;
    return this.#latin1 === undefined ? this.#bytes.toString('utf8', start, end) : this.#latin1.slice(start, end);
  }

  #take(data: string): boolean {
    const start = this.#count === 0 ? this.#length : this.#length + glue.length;
    if (data.charCodeAt(0) !== firstOfBrace || start + data.length * 0.75 >= capacity) return false;
    let end = start + this.#bytes.write(data, start, 'base64');
    if (this.#bytes[end - 1] === lineFeed) end--;
    if (this.#bytes[end - 1] === carriageReturn) end--;
    if (end < start + 2 || this.#bytes[start] !== openBrace || this.#bytes[end - 1] !== closeBrace) return false;
    if (this.#count > 0) this.#bytes.set(glue, this.#length);
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#length = end;
    return true;
  }

  #isSeparated(values: readonly unknown[]): boolean {
    if (values.length !== 2 * this.#count - 1) return false;
    for (let at = 1; at < values.length; at += 2) if (values[at] !== separator) return false;
    return true;
  }
}

function parseOrUndefined(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
}
