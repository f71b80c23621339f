import { hash64 } from '../hashes/hash64.ts';
import { DDSketch, MAX_BIN_BYTES, MAX_SKETCH_HEAD_BYTES, MAX_USUAL_BINS } from '../sketches/ddsketch.ts';
import { isTiny } from '../sketches/ddsketch-keys.ts';
import { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { MAX_REGISTER_BYTES, MAX_REGISTERS_BYTES } from '../sketches/hyper-log-log-codec.ts';
import { addValue, emptyTotals, type Totals } from '../totals/totals.ts';
import type { Delta } from './delta.ts';
import { MAX_ACTION_BYTES, MAX_DELTA_HEAD_BYTES, MAX_HOUR_BYTES, MAX_MINUTE_BYTES } from './delta-codec.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Hot: a user's hash is written here and read again within one call. */
const HASH = new Uint32Array(2);

interface HourCell {
  readonly users: HyperLogLog;
  readonly values: DDSketch;
  /** After this many events, the bound on the sketches' bytes stops growing, for values that are not tiny. */
  events: number;
}

/** An action while it grows; the minute and the hour of its last event are kept ready. */
interface ActionCell {
  first: number;
  last: number;
  readonly minutes: Map<number, Totals>;
  readonly hours: Map<number, HourCell>;
  minuteStart: number;
  minute: Totals;
  hourStart: number;
  hour: HourCell;
}

/** Gathers events into the content of a log entry. Hot: called once for each event. */
export class DeltaBuilder {
  readonly #actions = new Map<string, ActionCell>();
  #maxBytes = MAX_DELTA_HEAD_BYTES;
  #lastAction: string | undefined;
  #lastCell: ActionCell | undefined;

  /** An upper bound on the encoding of what was added until now. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** `timestamp` in epoch milliseconds; `value` finite, at most 1e12 in magnitude. */
  // biome-ignore lint/complexity/useMaxParams: called for each event, where an object would cost more than the work
  add(action: string, timestamp: number, value: number, userId: string): void {
    const { hour, minute } = this.#cellAt(action, timestamp);
    addValue(minute, value);
    hash64(userId, HASH);
    hour.users.add(HASH[0] as number, HASH[1] as number);
    hour.values.add(value);
    this.#grow(hour, value);
  }

  /** Adds an event of an erased person, of whom only register and rank (`registerOf`) are left. */
  // biome-ignore lint/complexity/useMaxParams: called for each event, where an object would cost more than the work
  addErased(action: string, timestamp: number, value: number, [register, rank]: readonly [number, number]): void {
    const { hour, minute } = this.#cellAt(action, timestamp);
    addValue(minute, value);
    hour.users.addRegister(register, rank);
    hour.values.add(value);
    this.#grow(hour, value);
  }

  /** What was added. Do not use the builder afterwards: it shares what it returned. */
  build(): Delta {
    const delta: Delta = new Map();
    for (const [action, { first, last, minutes, hours }] of this.#actions) {
      const sketches = new Map([...hours].map(([hour, { users, values }]) => [hour, { users, values }] as const));
      delta.set(action, { first, last, minutes, hours: sketches });
    }
    return delta;
  }

  #cellAt(action: string, timestamp: number): ActionCell {
    const cell = this.#cellOf(action, timestamp);
    if (timestamp < cell.first) cell.first = timestamp;
    if (timestamp > cell.last) cell.last = timestamp;
    const inMinute = timestamp - cell.minuteStart;
    if (inMinute < 0 || inMinute >= MINUTE_MS) this.#turnTo(cell, timestamp);
    return cell;
  }

  #cellOf(action: string, timestamp: number): ActionCell {
    if (this.#lastCell && action === this.#lastAction) return this.#lastCell;
    const cell = this.#actions.get(action) ?? this.#addAction(action, timestamp);
    this.#lastAction = action;
    this.#lastCell = cell;
    return cell;
  }

  #addAction(action: string, timestamp: number): ActionCell {
    const cell: ActionCell = {
      first: timestamp,
      last: timestamp,
      minutes: new Map(),
      hours: new Map(),
      minuteStart: Number.POSITIVE_INFINITY,
      minute: emptyTotals(),
      hourStart: Number.POSITIVE_INFINITY,
      hour: { users: new HyperLogLog(), values: new DDSketch(), events: 0 },
    };
    this.#actions.set(action, cell);
    this.#maxBytes += MAX_ACTION_BYTES + 3 * action.length;
    return cell;
  }

  #turnTo(cell: ActionCell, timestamp: number): void {
    const minute = Math.floor(timestamp / MINUTE_MS);
    let totals = cell.minutes.get(minute);
    if (!totals) {
      totals = emptyTotals();
      cell.minutes.set(minute, totals);
      this.#maxBytes += MAX_MINUTE_BYTES;
    }
    cell.minuteStart = minute * MINUTE_MS;
    cell.minute = totals;
    const inHour = timestamp - cell.hourStart;
    if (inHour < 0 || inHour >= HOUR_MS) this.#turnToHour(cell, Math.floor(timestamp / HOUR_MS));
  }

  #turnToHour(cell: ActionCell, hour: number): void {
    let sketches = cell.hours.get(hour);
    if (!sketches) {
      sketches = { users: new HyperLogLog(), values: new DDSketch(), events: 0 };
      cell.hours.set(hour, sketches);
      this.#maxBytes += MAX_HOUR_BYTES + MAX_SKETCH_HEAD_BYTES;
    }
    cell.hourStart = hour * HOUR_MS;
    cell.hour = sketches;
  }

  #grow(hour: HourCell, value: number): void {
    // There are so many bins of tiny values that each such value may add one.
    if (isTiny(value)) this.#maxBytes += MAX_BIN_BYTES;
    if (hour.events >= MAX_USUAL_BINS) return;
    if (hour.events < MAX_REGISTERS_BYTES / MAX_REGISTER_BYTES) this.#maxBytes += MAX_REGISTER_BYTES;
    this.#maxBytes += MAX_BIN_BYTES;
    hour.events++;
  }
}
