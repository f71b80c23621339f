import { median, quantile } from './cpu.ts';

/** One way to do the work: runs it once and returns its CPU in milliseconds. */
export interface Way {
  readonly name: string;
  readonly run: () => number;
}

/** What came of one way, beside the first. */
export interface WayFigures {
  readonly name: string;
  readonly ms: number;
  /** Median of the rounds' own ratios to the first way, as the machine's speed drifts between rounds. */
  readonly ratio: number;
  /** Where the middle half of the rounds' ratios lies. */
  readonly quartiles: readonly [number, number];
}

/**
 * Runs every way once in each round, in another order each time, so that none always pays for another's garbage. The
 * first way is what the others are compared with.
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
