import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { type HourSketches, readSketches, writeSketches } from '../sketches/hour-sketches.ts';
import type { Totals } from '../totals/totals.ts';
import { MAX_TOTALS_BYTES, readTotals, writeTotals } from '../totals/totals-codec.ts';
import type { ActionDelta, Delta } from './delta.ts';

/** The most bytes of each part, for a bound without encoding; an action's name comes in addition. */
export const MAX_DELTA_HEAD_BYTES = 8;
export const MAX_ACTION_BYTES = 48;
export const MAX_MINUTE_BYTES = 8 + MAX_TOTALS_BYTES;
export const MAX_HOUR_BYTES = 8 + 2;

const MINUTES_AN_HOUR = 60;

/**
 * Writes a delta. Times are relative to `base` (epoch milliseconds, the entry's last arrival), which is close to them.
 * Each action is its name, its length, and a body: a reader of one action skips the others.
 */
export function writeDelta(out: ByteWriter, delta: Delta, base: number): void {
  out.varint(delta.size);
  const body = new ByteWriter();
  for (const [action, added] of delta) {
    body.clear();
    writeAction(body, added, base);
    out.text(action);
    out.varint(body.length);
    out.bytes(body.view());
  }
}

/** Reads a delta. Each action is decoded when it is first read, and its sketches when they are first read. */
export function readDelta(input: ByteReader, base: number): Delta {
  const delta: Delta = new Map();
  for (let left = input.varint(); left > 0; left--) {
    const action = input.text();
    const length = input.varint();
    delta.set(action, new LazyAction(input.bytes(length), base));
  }
  return delta;
}

/** Reads a delta when it is first asked for. The bytes are skipped now: a delta that is cut short is refused now. */
export function lazyDelta(input: ByteReader, base: number): () => Delta {
  const { source, offset } = input;
  for (let left = input.varint(); left > 0; left--) {
    input.skip(input.varint());
    input.skip(input.varint());
  }
  let delta: Delta | undefined;
  return () => {
    delta ??= readDelta(new ByteReader(source, offset), base);
    return delta;
  };
}

function writeAction(out: ByteWriter, added: ActionDelta, base: number): void {
  out.zigzag(base - added.last);
  out.varint(added.last - added.first);
  const minutes = ascendingKeys(added.minutes);
  const hours = ascendingKeys(added.hours);
  const usual = isHoursOf(hours, minutes);
  out.varint(minutes.length * 2 + (usual ? 0 : 1));
  const baseMinute = Math.floor(base / 60_000);
  writeKeys(out, minutes, baseMinute);
  for (const minute of minutes) writeTotals(out, added.minutes.get(minute) as Totals);
  if (!usual) {
    out.varint(hours.length);
    writeKeys(out, hours, Math.floor(baseMinute / MINUTES_AN_HOUR));
  }
  for (const hour of hours) writeSketches(out, added.hours.get(hour) as HourSketches);
}

/**
 * An action that is decoded when it is first read. (It is a class because readers make many, and accessors of object
 * literals are slow.)
 */
class LazyAction implements ActionDelta {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #decoded: ActionDelta | undefined;

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  get first() {
    return this.#body().first;
  }

  get last() {
    return this.#body().last;
  }

  get minutes() {
    return this.#body().minutes;
  }

  get hours() {
    return this.#body().hours;
  }

  #body(): ActionDelta {
    this.#decoded ??= readAction(new ByteReader(this.#bytes), this.#base);
    return this.#decoded;
  }
}

/** Sketches are stored one after the other without lengths: reading one decodes all sketches of the action. */
class LazyHour implements HourSketches {
  readonly #all: () => readonly HourSketches[];
  readonly #index: number;

  constructor(all: () => readonly HourSketches[], index: number) {
    this.#all = all;
    this.#index = index;
  }

  get users() {
    return this.#sketches().users;
  }

  get values() {
    return this.#sketches().values;
  }

  #sketches(): HourSketches {
    return this.#all()[this.#index] as HourSketches;
  }
}

function readAction(input: ByteReader, base: number): ActionDelta {
  const last = base - input.zigzag();
  const first = last - input.varint();
  const head = input.varint();
  const baseMinute = Math.floor(base / 60_000);
  const keys = readKeys(input, Math.floor(head / 2), baseMinute);
  const minutes = new Map<number, Totals>();
  for (const minute of keys) minutes.set(minute, readTotals(input));
  const hours =
    head % 2 === 0 ? hoursOf(keys) : readKeys(input, input.varint(), Math.floor(baseMinute / MINUTES_AN_HOUR));
  return { first, last, minutes, hours: lazyHours(input, hours) };
}

function lazyHours(input: ByteReader, hours: readonly number[]): Map<number, HourSketches> {
  const { source, offset } = input;
  let decoded: HourSketches[] | undefined;
  const all = () => {
    if (decoded) return decoded;
    const again = new ByteReader(source, offset);
    decoded = hours.map(() => readSketches(again));
    return decoded;
  };
  const lazy = new Map<number, HourSketches>();
  for (const [index, hour] of hours.entries()) lazy.set(hour, new LazyHour(all, index));
  return lazy;
}

function writeKeys(out: ByteWriter, keys: readonly number[], base: number): void {
  let before: number | undefined;
  for (const key of keys) {
    if (before === undefined) out.zigzag(base - key);
    else out.varint(key - before - 1);
    before = key;
  }
}

function readKeys(input: ByteReader, count: number, base: number): number[] {
  const keys: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = keys.at(-1);
    keys.push(before === undefined ? base - input.zigzag() : before + 1 + input.varint());
  }
  return keys;
}

/** The hours of ascending minutes, ascending. */
function hoursOf(minutes: readonly number[]): number[] {
  const hours: number[] = [];
  for (const minute of minutes) {
    const hour = Math.floor(minute / MINUTES_AN_HOUR);
    if (hours.at(-1) !== hour) hours.push(hour);
  }
  return hours;
}

/** Whether the hours are exactly those of the minutes. They are whenever a builder made the delta. */
function isHoursOf(hours: readonly number[], minutes: readonly number[]): boolean {
  const expected = hoursOf(minutes);
  return expected.length === hours.length && expected.every((hour, i) => hour === hours[i]);
}

function ascendingKeys(map: ReadonlyMap<number, unknown>): number[] {
  const keys = [...map.keys()];
  // There is nearly always exactly one.
  return keys.length > 1 ? keys.sort((a, b) => a - b) : keys;
}
