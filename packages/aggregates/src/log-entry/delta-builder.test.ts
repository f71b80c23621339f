import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { hash64 } from '../hashes/hash64.ts';
import { registerOf } from '../sketches/hyper-log-log.ts';
import { arbitraryEvent, BASE_MS, builderOf, deltaOf, plainDelta } from '../testing/arbitrary-events.ts';
import { mutatedBytes } from '../testing/mutated-bytes.ts';
import { amounts, randomFrom } from '../testing/random.ts';
import type { Delta } from './delta.ts';
import { DeltaBuilder } from './delta-builder.ts';
import { lazyDelta, readDelta, writeDelta } from './delta-codec.ts';

function encoded(delta: Delta, base = BASE_MS): Uint8Array {
  const out = new ByteWriter();
  writeDelta(out, delta, base);
  return out.finish();
}

describe('DeltaBuilder', () => {
  it('counts by minute, and gathers users and values by hour', () => {
    const delta = deltaOf([
      { action: 'buy', timestamp: 59_999, value: 1, userId: 'a' },
      { action: 'buy', timestamp: 60_000, value: 2, userId: 'b' },
      { action: 'buy', timestamp: 3_600_000, value: 4, userId: 'a' },
      { action: 'buy', timestamp: 1, value: 8, userId: 'a' },
    ]);
    const buy = delta.get('buy');
    expect(buy).to.include({ first: 1, last: 3_600_000 });
    expect([...(buy?.minutes ?? [])]).to.deep.equal([
      [0, { count: 2, sum: 9, sumLow: 0, min: 1, max: 8 }],
      [1, { count: 1, sum: 2, sumLow: 0, min: 2, max: 2 }],
      [60, { count: 1, sum: 4, sumLow: 0, min: 4, max: 4 }],
    ]);
    expect([...(buy?.hours ?? [])].map(([hour, { users }]) => [hour, users.estimate()])).to.deep.equal([
      [0, 2],
      [1, 1],
    ]);
  });

  it('counts an event of an erased person like the event itself', () => {
    const hash = new Uint32Array(2);
    const [whole, erased] = [new DeltaBuilder(), new DeltaBuilder()];
    for (let i = 0; i < 2000; i++) {
      const [at, value, userId] = [BASE_MS + i * 10_000, i / 8, `user ${i % 700}`];
      whole.add('buy', at, value, userId);
      hash64(userId, hash);
      const { register, rank } = registerOf(hash[0] as number, hash[1] as number);
      erased.addErased('buy', at, value, [register, rank]);
    }
    expect(erased.maxBytes).to.equal(whole.maxBytes);
    expect(encoded(erased.build())).to.deep.equal(encoded(whole.build()));
  });

  it('gives a delta that its bytes give back', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent(), { maxLength: 60 }), (events) => {
        const delta = deltaOf(events);
        const decoded = readDelta(new ByteReader(encoded(delta)), BASE_MS);
        expect(plainDelta(decoded)).to.deep.equal(plainDelta(delta));
        expect(encoded(decoded)).to.deep.equal(encoded(delta));
      }),
    );
  });

  it('is skipped, whatever its bytes are, to the place where it ends when it is read, or is refused at once in the same words', () => {
    const valid = fc.array(arbitraryEvent(), { maxLength: 20 }).map((events) => encoded(deltaOf(events)));
    fc.assert(
      fc.property(mutatedBytes(valid), (bytes) => {
        expect(endOf(bytes, lazyDelta)).to.deep.equal(endOf(bytes, readDelta));
      }),
    );
  });

  it('is the same when it was stepped over first', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent(), { maxLength: 20 }), (events) => {
        const delta = lazyDelta(new ByteReader(encoded(deltaOf(events))), BASE_MS);
        expect(plainDelta(delta())).to.deep.equal(plainDelta(deltaOf(events)));
        expect(delta()).to.equal(delta());
      }),
    );
  });

  it('answers as before when its sketches are read again, whatever the bytes are', () => {
    const events = [0, 3_600_000, 7_200_000].map((ago) => ({
      action: 'x',
      timestamp: BASE_MS - ago,
      value: 5,
      userId: 'u',
    }));
    const bytes = encoded(deltaOf(events));
    for (let at = 0; at < bytes.length; at++) {
      const delta = readOrNone(bytes.with(at, 0xff));
      expect(sketchesOf(delta), `byte ${at}`).to.deep.equal(sketchesOf(delta));
    }
  });

  it('never promises fewer bytes than the delta takes', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryEvent(), { maxLength: 300, size: 'max' }),
        fc.constantFrom(BASE_MS, 0, 4e12),
        (events, base) => {
          const builder = builderOf(events);
          expect(encoded(builder.build(), base).length).to.be.at.most(builder.maxBytes);
        },
      ),
    );
  });

  it('promises no more than twice what ten thousand ordinary events could need, and enough', () => {
    const random = randomFrom(5);
    const builder = new DeltaBuilder();
    for (const value of amounts(4, 10_000)) {
      builder.add(`action-${Math.floor(random() * 20)}`, BASE_MS + random() * 10_000, value, `u_${random()}`);
    }
    expect(builder.maxBytes).to.be.below(150_000);
    expect(encoded(builder.build()).length).to.be.at.most(builder.maxBytes);
  });

  it('promises enough for ten thousand values of every magnitude, most with a bin of their own', () => {
    const builder = new DeltaBuilder();
    for (let i = 0; i < 10_000; i++) {
      const magnitude = Math.exp(Math.log(Number.MIN_VALUE) + i * 0.077);
      builder.add('x', BASE_MS, i % 2 === 0 ? magnitude : -magnitude, 'u');
    }
    expect(encoded(builder.build()).length).to.be.within(4_000, builder.maxBytes);
  });

  it('keeps hours that no minute belongs to, though no builder makes them', () => {
    const delta = deltaOf([{ action: 'x', timestamp: BASE_MS, value: 1, userId: 'a' }]);
    delta.get('x')?.minutes.clear();
    const decoded = readDelta(new ByteReader(encoded(delta)), BASE_MS);
    expect(plainDelta(decoded)).to.deep.equal(plainDelta(delta));
  });
});

/** Where a reader stands behind a delta, or the error that it throws. */
function endOf(bytes: Uint8Array, read: (input: ByteReader, base: number) => unknown): unknown {
  const input = new ByteReader(bytes);
  try {
    read(input, BASE_MS);
    return input.offset;
  } catch (error) {
    return String(error);
  }
}

function readOrNone(bytes: Uint8Array): Delta {
  try {
    return readDelta(new ByteReader(bytes), BASE_MS);
  } catch {
    return new Map();
  }
}

/** The result of reading the sketches, or the error that this throws. */
function sketchesOf(delta: Delta): unknown {
  try {
    return [...delta.values()].map(({ hours }) => [...hours.values()].map(({ users }) => users.encode()));
  } catch (error) {
    return String(error);
  }
}
