import type { ArchiveOutcome } from './archive-lines.ts';

const ZERO = 0x30;
const MILLISECOND_DIGITS = 3;

/**
 * What stands in a line before and after the event's index, as bytes that are written over where neighbours differ: to
 * put a string together for each line, and encode it, costs twice as much.
 */
export class LineHead {
  readonly #start: string;
  #position = Buffer.alloc(0);
  #second = Number.NaN;
  #outcome: ArchiveOutcome | undefined;
  #arrival = Buffer.alloc(0);
  #millisecondsAt = 0;

  constructor(shardId: string) {
    this.#start = `{"at":"${shardId}:`;
  }

  /** Up to the index, for as long as nothing else is asked for. */
  beforeIndex(sequenceNumber: string): Uint8Array {
    const { length } = this.#start;
    if (this.#position.length !== length + sequenceNumber.length + 1) {
      this.#position = Buffer.from(`${this.#start}${sequenceNumber}:`);
    }
    this.#position.write(sequenceNumber, length);
    return this.#position;
  }

  /** From the index up to the event; `arrival` in epoch milliseconds. */
  afterIndex(arrival: number, outcome: ArchiveOutcome): Uint8Array {
    const second = Math.floor(arrival / 1000);
    if (second !== this.#second || outcome !== this.#outcome) this.#turnTo(second, outcome);
    const bytes = this.#arrival;
    let rest = arrival - second * 1000;
    for (let at = this.#millisecondsAt + MILLISECOND_DIGITS - 1; at >= this.#millisecondsAt; at--) {
      bytes[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    return bytes;
  }

  #turnTo(second: number, outcome: ArchiveOutcome): void {
    const start = `","arrival":${second}`;
    this.#second = second;
    this.#outcome = outcome;
    this.#arrival = Buffer.from(`${start}000,"outcome":"${outcome}","event":`);
    this.#millisecondsAt = start.length;
  }
}
