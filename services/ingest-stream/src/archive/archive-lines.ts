import type { Decoded, DecodedEvent, Refusal } from '@weir/events';
import type { LineBuffer } from './line-buffer.ts';
import { type ArchiveOutcome, LineHead } from './line-head.ts';

const OUTCOMES: readonly ArchiveOutcome[] = ['counted', 'duplicate', 'other'];
/** The code of an item without a line. An outcome's code is its index plus one. */
const NO_LINE = 0;
const CLOSING_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/**
 * Collects the events of one archive object with their outcomes, and writes them as lines. Hot: once for each event.
 */
export class ArchiveLines {
  readonly #head: LineHead;
  readonly #items: readonly Decoded[];
  /** A code for each item added or skipped. */
  readonly #codes: Uint8Array;
  #covered = 0;
  #length = 0;

  /** `add` and `skip` take these items in order. Items that neither has taken get no line. */
  constructor(shardId: string, items: readonly Decoded[]) {
    this.#head = new LineHead(shardId);
    this.#items = items;
    this.#codes = new Uint8Array(items.length);
  }

  get length(): number {
    return this.#length;
  }

  /** Takes the next item: an event with this outcome. */
  add(outcome: ArchiveOutcome): void {
    this.#codes[this.#covered++] = OUTCOMES.indexOf(outcome) + 1;
    this.#length++;
  }

  /** Takes the next item, and writes no line for it. */
  skip(): void {
    this.#codes[this.#covered++] = NO_LINE;
  }

  /**
   * Writes all lines, in order; each line ends in a newline. `at` is the event's position, `arrival` is in epoch
   * milliseconds, `event` is the event's own text.
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

/** A line of the quarantine, with its newline. `data` holds the refused bytes, unchanged, in base64. */
export function quarantineLine(shardId: string, refusal: Refusal): string {
  const { reason, detail, sequenceNumber, index, arrival, data } = refusal;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  // A detail may quote the sent text, and cut a surrogate pair in two. Strict readers would refuse the whole object.
  const wholeDetail = detail.toWellFormed();
  return `${JSON.stringify({ reason, detail: wholeDetail, shardId, sequenceNumber, index, arrival, data: bytes })}\n`;
}
