import fc from 'fast-check';

/**
 * One change: what stands at an offset (a share of the length) is overwritten, cut out, or followed by something else.
 */
interface Change {
  readonly at: number;
  readonly removed: number;
  readonly added: Uint8Array;
}

/** Counts and numbers larger than any that is written: 2^28, 2^35, 2^53 - 1, and one that never ends. */
const HUGE = [
  [0x80, 0x80, 0x80, 0x80, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  Array(160).fill(0xff),
].map((bytes) => Uint8Array.from(bytes));

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(3),
  added: fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.constantFrom(...HUGE),
    fc.constantFrom(0, 1, 0x7f, 0x80, 0xff).map((byte) => Uint8Array.of(byte)),
  ),
});

/** Valid bytes with a few changes. */
export function mutatedBytes(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 4 })).map(([bytes, changes]) => {
    return changes.reduce(changed, bytes);
  });
}

function changed(bytes: Uint8Array, { at, removed, added }: Change): Uint8Array {
  const offset = Math.floor(at * bytes.length);
  return Uint8Array.of(...bytes.subarray(0, offset), ...added, ...bytes.subarray(offset + removed));
}
