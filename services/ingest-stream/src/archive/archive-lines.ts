import type { DecodedEvent, Refusal } from '@weir/events';
import type { LineBuffer } from './line-buffer.ts';
import { LineHead } from './line-head.ts';

/** What became of an archived event. */
export type ArchiveOutcome = 'counted' | 'duplicate' | 'other';

const CLOSING_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/** The events of one archive object and what became of them, to be written as lines. Hot: called once for each event. */
export class ArchiveLines {
  readonly #head: LineHead;
  readonly #events: DecodedEvent[] = [];
  readonly #outcomes: ArchiveOutcome[] = [];

  constructor(shardId: string) {
    this.#head = new LineHead(shardId);
  }

  get length(): number {
    return this.#events.length;
  }

  add(event: DecodedEvent, outcome: ArchiveOutcome): void {
    this.#events.push(event);
    this.#outcomes.push(outcome);
  }

  /**
   * Writes all lines, in order; every line ends in a newline. `at` is the event's position, `arrival` epoch
   * milliseconds, `event` the event's own text.
   */
  writeTo(out: LineBuffer): void {
    for (let place = 0; place < this.#events.length; place++) {
      const event = this.#events[place] as DecodedEvent;
      out.bytes(this.#head.of(event, this.#outcomes[place] as ArchiveOutcome));
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
