import type { DecodedEvent } from '@weir/events';

/** The outcome of an archived event. */
export type ArchiveOutcome = 'counted' | 'duplicate' | 'other';

const ZERO = 0x30;
const MILLISECOND_DIGITS = 3;

/**
 * The part of a line before its event. Only the bytes that differ from the line before are written again: a new string
 * for each line, encoded, would cost several times as much.
 */
export class LineHead {
  readonly #start: string;
  #bytes = Buffer.alloc(0);
  #second = Number.NaN;
  #outcome: ArchiveOutcome | undefined;
  #sequenceNumberLength = 0;
  /** Offset and number of digits of the index; the smallest index with that many digits, and the smallest with more. */
  #indexAt = 0;
  #indexDigits = 0;
  #leastIndex = 0;
  #indexEnd = 0;
  #millisecondsAt = 0;

  constructor(shardId: string) {
    this.#start = `{"at":"${shardId}:`;
  }

  /** The bytes before the event's text; valid until the next call. */
  of(event: DecodedEvent, outcome: ArchiveOutcome): Uint8Array {
    const { sequenceNumber, index, arrival } = event;
    const second = Math.floor(arrival / 1000);
    const hasLayout =
      second === this.#second &&
      outcome === this.#outcome &&
      index >= this.#leastIndex &&
      index < this.#indexEnd &&
      sequenceNumber.length === this.#sequenceNumberLength;
    if (!hasLayout) this.#layOut(event, second, outcome);
    this.#bytes.write(sequenceNumber, this.#start.length, 'latin1');
    this.#digits(index, this.#indexAt, this.#indexDigits);
    this.#digits(arrival - second * 1000, this.#millisecondsAt, MILLISECOND_DIGITS);
    return this.#bytes;
  }

  #layOut({ sequenceNumber, index }: DecodedEvent, second: number, outcome: ArchiveOutcome): void {
    const position = `${this.#start}${sequenceNumber}:`;
    const beforeMilliseconds = `${position}${index}","arrival":${second}`;
    this.#bytes = Buffer.from(`${beforeMilliseconds}000,"outcome":"${outcome}","event":`);
    this.#second = second;
    this.#outcome = outcome;
    this.#sequenceNumberLength = sequenceNumber.length;
    this.#indexAt = position.length;
    this.#indexDigits = String(index).length;
    this.#indexEnd = 10 ** this.#indexDigits;
    this.#leastIndex = index < 10 ? 0 : this.#indexEnd / 10;
    this.#millisecondsAt = beforeMilliseconds.length;
  }

  #digits(value: number, from: number, count: number): void {
    // As an integer: the remainder of a double would take longer than all the rest.
    let rest = value | 0;
    for (let at = from + count - 1; at >= from; at--) {
      const tens = (rest / 10) | 0;
      this.#bytes[at] = ZERO + rest - tens * 10;
      rest = tens;
    }
  }
}
