import type { DecodedEvent } from '@weir/events';

/** What became of an archived event. */
export type ArchiveOutcome = 'counted' | 'duplicate' | 'other';

const ZERO = 0x30;
const MILLISECOND_DIGITS = 3;

/**
 * What stands in a line before its event, as bytes that are written over where neighbours differ: to put a string
 * together for each line, and encode it, costs several times as much.
 */
export class LineHead {
  readonly #start: string;
  #bytes = Buffer.alloc(0);
  #second = Number.NaN;
  #outcome: ArchiveOutcome | undefined;
  #sequenceNumberLength = 0;
  /** Where the index stands and how many digits it has; the first index with as many, and the first with more. */
  #indexAt = 0;
  #indexDigits = 0;
  #leastIndex = 0;
  #indexEnd = 0;
  #millisecondsAt = 0;

  constructor(shardId: string) {
    this.#start = `{"at":"${shardId}:`;
  }

  /** For as long as nothing else is asked for. */
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
    // As an integer: the remainder of a double takes longer than all else.
    let rest = value | 0;
    for (let at = from + count - 1; at >= from; at--) {
      const tens = (rest / 10) | 0;
      this.#bytes[at] = ZERO + rest - tens * 10;
      rest = tens;
    }
  }
}
