import { DamagedArchiveObject, MissingArchiveObject } from '@weir/archive/reading';
import { expect } from 'chai';
import { failForArchive } from './fail-for-archive.ts';

async function* linesThen(error: Error): AsyncGenerator<number> {
  yield 1;
  throw error;
}

async function errorAfter(error: Error): Promise<unknown> {
  const read: number[] = [];
  try {
    for await (const line of failForArchive(linesThen(error))) read.push(line);
  } catch (thrown) {
    expect(read).to.deep.equal([1]);
    return thrown;
  }
  return undefined;
}

describe('a job that reads the archive', () => {
  for (const [what, error, reason] of [
    ['missing', new MissingArchiveObject('events/a', '1.0', { first: 3, last: 4 }), 'missing-archive-object'],
    ['damaged', new DamagedArchiveObject('events/a', 7, new Error('no JSON')), 'damaged-archive-object'],
  ] as const) {
    it(`fails with a reason of its own if an object is ${what}`, async () => {
      expect(await errorAfter(error)).to.include({ reason, cause: error });
    });
  }

  it('sees any other error as it is', async () => {
    const error = new Error('throttled');
    expect(await errorAfter(error)).to.equal(error);
  });
});
