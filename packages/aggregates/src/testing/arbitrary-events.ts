import fc from 'fast-check';
import type { Delta } from '../log-entry/delta.ts';
import { DeltaBuilder } from '../log-entry/delta-builder.ts';

/** The part of an event that DeltaBuilder takes. */
export interface CountableEvent {
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
  readonly userId: string;
}

export const BASE_MS = Date.UTC(2026, 0, 15, 12, 30);
const DAY_MS = 86_400_000;

/** Cents and whole numbers up to a thousand million, of either sign: hundreds of them have an exact sum. */
export const decimalValue = fc.oneof(
  fc.constantFrom(0, -0, 1e9, -1e9, 0.1, 0.01),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
);

/** Magnitudes of every size that a double can have, as many small ones as large ones. */
const anyMagnitude = fc.double({ min: Math.log(Number.MIN_VALUE), max: Math.log(1e12), noNaN: true }).map(Math.exp);

/** Any value of the contract. */
export const anyValue = fc.oneof(
  decimalValue,
  fc.constantFrom(1e12, -1e12, 1e-4, 1e-9, -9.99e-10, 1e-300, 2 ** -1022, Number.MIN_VALUE, -Number.MIN_VALUE),
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.tuple(anyMagnitude, fc.constantFrom(-1, 1)).map(([magnitude, sign]) => sign * magnitude),
);

const timestamp = fc.oneof(
  fc.integer({ min: BASE_MS - 120_000, max: BASE_MS + 1000 }),
  fc.integer({ min: BASE_MS - 2 * DAY_MS, max: BASE_MS + DAY_MS }),
  fc.integer({ min: Date.UTC(2000, 0, 1), max: BASE_MS }),
);

const userId = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map((n) => `u_${n}`),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
);

export function arbitraryEvent(value: fc.Arbitrary<number> = anyValue): fc.Arbitrary<CountableEvent> {
  return fc.record({
    action: fc.constantFrom('checkout', 'page.view', 'x', '__proto__', 'a'.repeat(128)),
    timestamp,
    value,
    userId,
  });
}

export function builderOf(events: readonly CountableEvent[]): DeltaBuilder {
  const builder = new DeltaBuilder();
  for (const { action, timestamp, value, userId } of events) builder.add(action, timestamp, value, userId);
  return builder;
}

export function deltaOf(events: readonly CountableEvent[]): Delta {
  return builderOf(events).build();
}

/** A delta as plain values that can be compared: sketches as their bytes. */
export function plainDelta(delta: Delta): unknown {
  return [...delta].map(([action, { first, last, minutes, hours }]) => ({
    action,
    first,
    last,
    minutes: [...minutes].sort(([a], [b]) => a - b),
    hours: [...hours]
      .map(([hour, { users, values }]) => ({ hour, users: [...users.encode()], values: [...values.encode()] }))
      .sort((a, b) => a.hour - b.hour),
  }));
}
