import { expect } from 'chai';
import fc from 'fast-check';
import { hash64 } from '../hashes/hash64.ts';
import { randomFrom } from '../testing/random.ts';
import { HyperLogLog, registerOf } from './hyper-log-log.ts';
import { MAX_REGISTER_BYTES, MAX_REGISTERS_BYTES } from './hyper-log-log-codec.ts';

const STANDARD_ERROR = 1.04 / Math.sqrt(2048);
const HASH = new Uint32Array(2);

function sketchOf(users: Iterable<string>): HyperLogLog {
  const sketch = new HyperLogLog();
  for (const user of users) {
    hash64(user, HASH);
    sketch.add(HASH[0] as number, HASH[1] as number);
  }
  return sketch;
}

function users(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `u_${from + i}`);
}

/** Values with any ranks, unlikely ones too. */
const anyHashes = fc.array(fc.tuple(fc.nat(2047), fc.integer({ min: 1, max: 33 })), { maxLength: 3000, size: 'max' });

function sketchOfRanks(pairs: readonly (readonly [number, number])[]): HyperLogLog {
  const sketch = new HyperLogLog();
  for (const [register, rank] of pairs) sketch.addRegister(register, rank);
  return sketch;
}

describe('HyperLogLog', () => {
  for (const count of [0, 1, 2, 3, 10, 50, 100, 500, 1000, 2000, 5000, 10_000, 50_000, 200_000]) {
    it(`counts ${count} distinct users within three standard errors, repeated ones once`, () => {
      const sketch = sketchOf(users(0, count));
      sketch.merge(sketchOf(users(0, Math.min(count, 1000))));
      expect(sketch.estimate()).to.be.closeTo(count, Math.max(3 * STANDARD_ERROR * count, count < 20 ? 0 : 2));
    });
  }

  it('is without bias over many sets of each size', () => {
    const random = randomFrom(7);
    for (const count of [300, 3000, 8000]) {
      let sum = 0;
      for (let run = 0; run < 60; run++) {
        const sketch = new HyperLogLog();
        for (let i = 0; i < count; i++) sketch.add(random() * 2 ** 32, (random() * 2 ** 32) >>> 0);
        sum += sketch.estimate() / count - 1;
      }
      expect(Math.abs(sum / 60), `bias at ${count}`).to.be.below((3 * STANDARD_ERROR) / Math.sqrt(60));
    }
  });

  const targets: readonly [number, number][] = [
    [1, 5],
    [10, 18],
    [50, 64],
    [500, 325],
    [10_000, 775],
  ];
  for (const [count, bytes] of targets) {
    it(`takes at most ${bytes} bytes for ${count} values`, () => {
      expect(sketchOf(users(0, count)).encode().length).to.be.at.most(bytes);
    });
  }

  it('has the same bytes for the same registers, however they came together, and gives them back', () => {
    fc.assert(
      fc.property(anyHashes, fc.nat(3000), (pairs, cut) => {
        const whole = sketchOfRanks(pairs);
        const merged = sketchOfRanks(pairs.slice(cut));
        merged.merge(sketchOfRanks(pairs.slice(0, cut)));
        const bytes = whole.encode();
        expect(merged.encode()).to.deep.equal(bytes);
        const decoded = HyperLogLog.decode(bytes);
        expect(decoded.encode()).to.deep.equal(bytes);
        expect(decoded.estimate()).to.equal(whole.estimate());
        expect(bytes.length).to.be.at.most(Math.min(MAX_REGISTERS_BYTES, 2 + MAX_REGISTER_BYTES * pairs.length));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves another sketch as it was when merging it', () => {
    const one = sketchOf(users(0, 400));
    const other = sketchOf(users(300, 310));
    const before = other.encode();
    one.merge(other);
    other.merge(one);
    one.merge(other);
    expect(sketchOf(users(300, 310)).encode()).to.deep.equal(before);
    expect(other.encode()).to.deep.equal(one.encode());
  });

  it('may be built from the register and rank of erased users', () => {
    hash64('u_1', HASH);
    const { register, rank } = registerOf(HASH[0] as number, HASH[1] as number);
    const sketch = new HyperLogLog();
    sketch.addRegister(register, rank);
    expect(sketch.encode()).to.deep.equal(sketchOf(['u_1']).encode());
  });
});
