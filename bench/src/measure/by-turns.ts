import { median, quantile } from './cpu.ts';

/** One way to do the work: runs it once and returns its CPU in milliseconds. */
export interface Way {
  readonly name: string;
  readonly run: () => number;
}

/** The result of one way, compared with the first. */
export interface WayFigures {
  readonly name: string;
  readonly ms: number;
  /** The median of each round's ratio to the first way: the machine's speed changes between rounds. */
  readonly ratio: number;
  /** The limits of the middle half of the rounds' ratios. */
  readonly quartiles: readonly [number, number];
}

/**
 * Runs every way once in each round, each time in another order, so that none always pays for another's garbage. The
 * other ways are compared with the first.
 */
export function measureByTurns(
  ways: readonly Way[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
): WayFigures[] {
  const figures: number[][] = ways.map(() => []);
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const at = (turn + Math.abs(round)) % ways.length;
      const ms = (ways[at] as Way).run();
      if (round >= 0) figures[at]?.push(ms);
    }
  }
  const base = figures[0] ?? [];
  return ways.map(({ name }, at) => {
    const own = figures[at] ?? [];
    const ratios = own.map((ms, round) => ms / (base[round] ?? Number.NaN));
    return {
      name,
      ms: median(own),
      ratio: median(ratios),
      quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    };
  });
}
