import type { DecodedEvent, Refusal } from '@weir/events';

/** What became of an archived event. */
export type ArchiveOutcome = 'counted' | 'duplicate' | 'other';

/** Lines in one string: they are flattened and encoded at once, as each call costs more than a line's bytes. */
const LINES_AT_ONCE = 256;
const MILLISECONDS = Array.from({ length: 1000 }, (_, ms) => String(ms).padStart(3, '0'));

/** The events of one archive object and what became of them, to be written as lines. Hot: called once for each event. */
export class ArchiveLines {
  readonly #head: string;
  readonly #events: DecodedEvent[] = [];
  readonly #outcomes: ArchiveOutcome[] = [];
  #second = Number.NaN;
  #secondDigits = '';

  constructor(shardId: string) {
    this.#head = `{"at":"${shardId}:`;
  }

  get length(): number {
    return this.#events.length;
  }

  add(event: DecodedEvent, outcome: ArchiveOutcome): void {
    this.#events.push(event);
    this.#outcomes.push(outcome);
  }

  /**
   * All lines, in order, many in each text; every line ends in a newline. They are made when they are asked for: strings
   * put together from many are best encoded at once, while they are young.
   */
  *texts(): Iterable<string> {
    for (let from = 0; from < this.#events.length; from += LINES_AT_ONCE) {
      const to = Math.min(from + LINES_AT_ONCE, this.#events.length);
      let text = '';
      for (let at = from; at < to; at++) text += this.#line(at);
      yield text;
    }
  }

  /** `at` is the event's position, `arrival` epoch milliseconds, `event` the event's own text. */
  #line(place: number): string {
    const { sequenceNumber, index, arrival, text } = this.#events[place] as DecodedEvent;
    const outcome = this.#outcomes[place] as ArchiveOutcome;
    const digits = this.#digitsOf(arrival);
    return `${this.#head}${sequenceNumber}:${index}","arrival":${digits},"outcome":"${outcome}","event":${text}}\n`;
  }

  /** Neighbours mostly arrive in the same second, and its digits need not be made again. */
  #digitsOf(arrival: number): string {
    const second = Math.floor(arrival / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondDigits = String(second);
    }
    return this.#secondDigits + MILLISECONDS[arrival - second * 1000];
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
