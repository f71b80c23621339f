import type { Decoded, DecodedEvent, Refusal } from '@weir/events';
import type { LineBuffer } from './line-buffer.ts';
import { type ArchiveOutcome, LineHead } from './line-head.ts';

const OUTCOMES: readonly ArchiveOutcome[] = ['counted', 'duplicate', 'other'];
/** Of an item that has no line; the outcomes' codes are one more than their indexes. */
const NO_LINE = 0;
const CLOSING_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/** The events of one archive object and what became of them, to be written as lines. Hot: called once for each event. */
export class ArchiveLines {
  readonly #head: LineHead;
  readonly #items: readonly Decoded[];
  /** A code for each item so far. */
  readonly #codes: Uint8Array;
  #covered = 0;
  #length = 0;

  /** Of the first of these items, as many as are told about. */
  constructor(shardId: string, items: readonly Decoded[]) {
    this.#head = new LineHead(shardId);
    this.#items = items;
    this.#codes = new Uint8Array(items.length);
  }

  get length(): number {
    return this.#length;
  }

  /** The next item is an event, and this became of it. */
  add(outcome: ArchiveOutcome): void {
    this.#codes[this.#covered++] = OUTCOMES.indexOf(outcome) + 1;
    this.#length++;
  }

  /** The next item has no line. */
  skip(): void {
    this.#codes[this.#covered++] = NO_LINE;
  }

  /**
   * Writes all lines, in order; every line ends in a newline. `at` is the event's position, `arrival` epoch
   * milliseconds, `event` the event's own text.
   */
  writeTo(out: LineBuffer): void {
    for (let item = 0; item < this.#covered; item++) {
      const code = this.#codes[item] as number;
      if (code === NO_LINE) continue;
      const event = this.#items[item] as DecodedEvent;
      out.bytes(this.#head.of(event, OUTCOMES[code - 1] as ArchiveOutcome));
      out.range(event.bytes, event.start, event.end);
      out.byte(CLOSING_BRACE);
      out.byte(LINE_FEED);
    }
  }
}

/** A line of the quarantine; `data` is what was refused, byte for byte, in base64. It ends in a newline. */
export function quarantineLine(shardId: string, refusal: Refusal): string {
  const { reason, detail, sequenceNumber, index, arrival, data } = refusal;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  // A detail may quote what was sent, and cut a pair of surrogates: strict readers would refuse the whole object for it.
  const wholeDetail = detail.toWellFormed();
  return `${JSON.stringify({ reason, detail: wholeDetail, shardId, sequenceNumber, index, arrival, data: bytes })}\n`;
}
