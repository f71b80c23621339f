import { expect } from 'chai';
import { measureByTurns } from './by-turns.ts';

describe('measureByTurns', () => {
  it('takes the median of the ratios of each round, not the ratio of the medians', () => {
    const base = [1, 10, 100].values();
    const other = [2, 20, 100].values();
    const next = (figures: IterableIterator<number>) => () => figures.next().value as number;
    const found = measureByTurns(
      [
        { name: 'base', run: next(base) },
        { name: 'other', run: next(other) },
      ],
      { rounds: 3, warmUp: 0 },
    );
    expect(found.map(({ name, ms, ratio }) => ({ name, ms, ratio }))).to.deep.equal([
      { name: 'base', ms: 10, ratio: 1 },
      { name: 'other', ms: 20, ratio: 2 },
    ]);
  });

  it('leaves out the warm-up, and lets every way begin a round', () => {
    const order: string[] = [];
    const way = (name: string) => ({ name, run: () => order.push(name) });
    const [first] = measureByTurns([way('a'), way('b')], { rounds: 2, warmUp: 1 });
    expect(order.join('')).to.equal('baabba');
    expect(first?.ms).to.equal(6);
  });
});
