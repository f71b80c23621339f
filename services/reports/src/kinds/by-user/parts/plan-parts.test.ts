import type { ArchivePiece } from '@weir/archive/reading';
import { expect } from 'chai';
import { type LinesPiece, memoryArchive, pieceOf } from '../testing/memory-archive.ts';
import { planParts, rangesOf } from './plan-parts.ts';

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;

function piece(logId: string, hour: number, { bytes = 1, objects = 1 } = {}): LinesPiece {
  return pieceOf({ logId, hour, bytes, keys: Array.from({ length: objects }, (_, i) => `${logId}/${hour}/${i}`) });
}

async function planned(pieces: readonly LinesPiece[], from = 24 * HOUR_MS) {
  const parts: (readonly ArchivePiece[])[] = [];
  const phases = await planParts(memoryArchive(pieces), from, async (part, some) => {
    parts[part] = some;
  });
  return { phases, parts: parts.map((some) => some.map(({ logId, keys }) => `${logId} ${keys[0]?.split('/')[1]}`)) };
}

describe('the plan of a question that follows users', () => {
  it('joins small pieces to parts of at most 256 MB, over logs, and cuts no piece', async () => {
    const sizes = [100, 100, 56, 1, 300, 10];
    const pieces = sizes.map((size, hour) => piece('a', hour, { bytes: size * MIB }));
    const { parts, phases } = await planned([...pieces, piece('b', 0, { bytes: 20 * MIB })]);
    expect(parts).to.deep.equal([['a 0', 'a 1', 'a 2'], ['a 3'], ['a 4'], ['a 5', 'b 0']]);
    expect(phases[0]).to.equal(4);
  });

  it('joins at most 2,000 objects, which take a worker some minutes', async () => {
    const { parts } = await planned([0, 1, 2].map((hour) => piece('a', hour, { objects: 900 })));
    expect(parts).to.deep.equal([['a 0', 'a 1'], ['a 2']]);
  });

  it('reads arrivals from 24 hours before the range, by whole hours', async () => {
    const pieces = [0, 1, 2].map((hour) => piece('a', hour));
    expect((await planned(pieces, 25 * HOUR_MS)).parts).to.deep.equal([['a 1', 'a 2']]);
    expect((await planned(pieces, 25 * HOUR_MS - 1)).parts).to.deep.equal([['a 0', 'a 1', 'a 2']]);
  });

  it('has logs in the order of their names, however they are listed', async () => {
    const logs = ['c', 'a', 'b'].map((logId) => piece(logId, 0));
    expect((await planned(logs)).parts).to.deep.equal([['a 0', 'b 0', 'c 0']]);
  });

  it('has one part and one hash range if nothing has arrived', async () => {
    expect(await planned([])).to.deep.equal({ phases: [1, 1], parts: [[]] });
  });

  for (const [bytes, expected] of [
    [0, 1],
    [32 * MIB, 1],
    [32 * MIB + 1, 2],
    [8192 * MIB, 256],
    [50_000 * MIB, 256],
  ] as const) {
    it(`cuts the hashes of ${bytes} bytes of archive into ${expected} ranges`, () => {
      expect(rangesOf(bytes)).to.equal(expected);
    });
  }
});
