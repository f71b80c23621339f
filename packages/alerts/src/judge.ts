import type { AlertRule } from './alert.ts';
import { type Figures, figureOf } from './figures.ts';

/** What a rule says of a bucket. It is unknown where there is no value, or nothing to compare it with. */
export interface Judgement {
  readonly verdict: 'true' | 'false' | 'unknown';
  readonly value: number | null;
  /** Of a relative rule. */
  readonly baseline?: number;
}

type Condition = Pick<AlertRule, 'field' | 'comparison' | 'threshold' | 'relative'>;

/** Judges a bucket. `baseline` is the earlier bucket of a relative rule. */
export function judge(rule: Condition, figures: Figures, baseline?: Figures): Judgement {
  if (rule.comparison === 'silent') return { verdict: figures.count === 0 ? 'true' : 'false', value: figures.count };
  const value = figureOf(rule.field, figures);
  if (value === null) return { verdict: 'unknown', value };
  if (!rule.relative) return { verdict: exceeds(rule, value, rule.threshold) ? 'true' : 'false', value };
  // An empty bucket is no baseline: any value is infinitely many percent above it.
  const base = baseline && baseline.count > 0 ? figureOf(rule.field, baseline) : null;
  if (!baseline || base === null) return { verdict: 'unknown', value };
  const { percent, minCount } = rule.relative;
  const isEnough = (rule.comparison === 'above' ? figures : baseline).count >= minCount;
  const distance = (Math.abs(base) * percent) / 100;
  const limit = rule.comparison === 'above' ? base + distance : base - distance;
  return { verdict: isEnough && exceeds(rule, value, limit) ? 'true' : 'false', value, baseline: base };
}

function exceeds({ comparison }: Condition, value: number, limit: number | undefined): boolean {
  if (limit === undefined) return false;
  return comparison === 'above' ? value > limit : value < limit;
}
