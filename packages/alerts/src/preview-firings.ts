import type { AlertRule } from './alert.ts';
import { BUCKET_MS, bucketStart } from './buckets.ts';
import { type Figures, NO_FIGURES } from './figures.ts';
import { judge } from './judge.ts';
import { baselineDistance } from './judged-buckets.ts';

/** A bucket in which a rule would have fired. Times are epoch milliseconds. */
export interface PreviewedFiring {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly baseline?: number;
  readonly count: number;
}

/** What a preview looks at. `to` is exclusive. */
export interface PreviewedSeries {
  readonly from: number;
  readonly to: number;
  /** By start, empty buckets left out; of a relative rule also its baselines, from `previewStart` on. */
  readonly figures: ReadonlyMap<number, Figures>;
}

type Condition = Pick<AlertRule, 'field' | 'comparison' | 'threshold' | 'relative' | 'interval'>;

/** The buckets of a range in which the rule is true by what is counted now, in order. */
export function previewFirings(rule: Condition, { from, to, figures }: PreviewedSeries): PreviewedFiring[] {
  const width = BUCKET_MS[rule.interval];
  const firings: PreviewedFiring[] = [];
  for (let start = bucketStart(rule.interval, from); start < to; start += width) {
    const own = figures.get(start) ?? NO_FIGURES;
    const { verdict, value, baseline } = judge(rule, own, figures.get(start - baselineDistance(rule)));
    if (verdict !== 'true' || value === null) continue;
    firings.push({ start, end: start + width, value, ...(baseline !== undefined && { baseline }), count: own.count });
  }
  return firings;
}

/** From where on a preview needs the figures of a series: baselines are before its first bucket. */
export function previewStart(rule: Condition, from: number): number {
  return bucketStart(rule.interval, from) - baselineDistance(rule);
}
