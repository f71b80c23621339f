import { expect } from 'chai';
import fc from 'fast-check';
import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { TruncatedBytesError } from './codec-errors.ts';
import { readNumber, readResidue, writeNumber, writeResidue } from './number-codec.ts';

/** What `read` gives of what `write` wrote, and how many bytes that took. */
function written<T>(write: (out: ByteWriter) => void, read: (input: ByteReader) => T): { value: T; bytes: number } {
  // A small start, so that the writer has to grow.
  const out = new ByteWriter(1);
  write(out);
  const input = new ByteReader(out.finish());
  const value = read(input);
  expect(input.offset, 'bytes read').to.equal(out.length);
  return { value, bytes: out.length };
}

const safeInteger = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(300),
  fc.integer({ min: 0, max: 53 }).map((power) => 2 ** power - 1),
);

describe('bytes', () => {
  it('give back each integer below 2^53, in as few bytes as seven bits a byte allow', () => {
    fc.assert(
      fc.property(safeInteger, (value) => {
        const found = written(
          (out) => out.varint(value),
          (input) => input.varint(),
        );
        const bits = value === 0 ? 1 : value.toString(2).length;
        expect(found).to.deep.equal({ value, bytes: Math.ceil(bits / 7) });
      }),
    );
  });

  it('give back integers of either sign, 32-bit words and every double bit by bit', () => {
    const double = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, Number.MIN_VALUE, -Number.MAX_VALUE));
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), double, (integer, number) => {
        const far = integer * 2 ** 20;
        const found = written(
          (out) => {
            out.zigzag(far);
            out.uint32(integer >>> 0);
            out.float64(number);
          },
          (input) => [input.zigzag(), input.uint32(), input.float64()],
        );
        expect(found.value).to.deep.equal([far, integer >>> 0, number]);
      }),
    );
  });

  it('give back texts of any length and alphabet; lone surrogates are no text', () => {
    const text = fc.oneof(
      fc.array(fc.oneof(fc.nat(127), fc.nat(0xffff)), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom('', '\ufeffa', 'ö'.repeat(16), 'a'.repeat(31), 'a'.repeat(32), '\u{1f30a}'.repeat(15)),
    );
    fc.assert(
      fc.property(text, (value) => {
        const found = written(
          (out) => out.text(value),
          (input) => input.text(),
        );
        expect(found.value).to.equal(value.toWellFormed());
      }),
    );
  });

  it('stay as they are when more is written behind them', () => {
    const out = new ByteWriter(2);
    out.claim(3).set([1, 2, 3]);
    const before = out.finish();
    for (let i = 0; i < 1000; i++) out.byte(9);
    expect([...before, out.view().slice(0, 3).join()]).to.deep.equal([1, 2, 3, '1,2,3']);
    out.clear();
    expect(out.finish()).to.have.length(0);
  });

  it('that end too early are refused by each reader', () => {
    const readers: readonly ((input: ByteReader) => unknown)[] = [
      (input) => input.byte(),
      (input) => input.varint(),
      (input) => input.uint32(),
      (input) => input.float64(),
      (input) => input.bytes(2),
      (input) => input.skip(2),
      (input) => input.count(1),
      (input) => new BitReader(input).read(9),
    ];
    for (const read of readers) {
      expect(() => read(new ByteReader(Uint8Array.of())), String(read)).to.throw(TruncatedBytesError);
    }
    expect(() => new ByteReader(Uint8Array.of(2, 65)).text()).to.throw(TruncatedBytesError);
    expect(new ByteReader(Uint8Array.of(2, 1, 1)).count(1)).to.equal(2);
    expect(() => new ByteReader(Uint8Array.of(2, 1, 1)).count(2)).to.throw(TruncatedBytesError);
  });
});

describe('bits', () => {
  const chunk = fc.oneof(
    fc
      .integer({ min: 1, max: 24 })
      .chain((count) => fc.tuple(fc.constant('bits'), fc.nat(2 ** count - 1), fc.constant(count))),
    fc.nat(200).map((ones) => ['unary', ones, 0] as const),
    fc.maxSafeNat().map((value) => ['long', value, 53] as const),
  );

  it('give back what was written, and leave off at a whole byte', () => {
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
        const { value } = written(
          (out) => {
            const bits = new BitWriter(out);
            for (const [kind, number, count] of chunks) {
              if (kind === 'unary') bits.writeUnary(number);
              else if (kind === 'long') bits.writeLong(number, count);
              else bits.write(number, count);
            }
            bits.flush();
            out.byte(77);
          },
          (input) => {
            const bits = new BitReader(input);
            const found = chunks.map(([kind, , count]) => {
              if (kind === 'unary') return bits.readUnary();
              return kind === 'long' ? bits.readLong(count) : bits.read(count);
            });
            return [...found, input.byte()];
          },
        );
        expect(value).to.deep.equal([...chunks.map(([, number]) => number), 77]);
      }),
    );
  });
});

describe('a number', () => {
  const sizes: readonly [value: number, bytes: number][] = [
    [0, 1],
    [5, 1],
    [-5, 1],
    [19.9, 2],
    [-0.5, 1],
    [1_000_000, 4],
    [1 / 3, 9],
    [-0, 9],
    [2 ** 49, 9],
    [Number.MIN_VALUE, 9],
  ];
  for (const [value, bytes] of sizes) {
    it(`${Object.is(value, -0) ? '-0' : value} takes ${bytes} bytes`, () => {
      const found = written((out) => writeNumber(out, value), readNumber);
      expect(found).to.deep.equal({ value, bytes });
    });
  }

  it('is given back bit by bit, in at most nine bytes', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((cents) => cents / 100),
    );
    fc.assert(
      fc.property(number, (value) => {
        const found = written((out) => writeNumber(out, value), readNumber);
        expect(Object.is(found.value, value)).to.equal(true);
        expect(found.bytes).to.be.at.most(9);
      }),
    );
  });

  it('that rounding took from a sum is given back bit by bit, of every magnitude that it can have', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(double, double, (a, b) => {
        const sum = a + b;
        // What Neumaier's sum keeps: exact, as long as the larger one stands first.
        const [large, small] = Math.abs(a) >= Math.abs(b) ? [a, b] : [b, a];
        const low = large - sum + small;
        if (low === 0) return;
        const found = written(
          (out) => writeResidue(out, low, sum),
          (input) => readResidue(input, sum),
        );
        expect(found.value).to.equal(low);
        expect(found.bytes).to.be.at.most(10);
      }),
    );
  });
});
