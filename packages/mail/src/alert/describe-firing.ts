import type { FiredRule, Firing } from '@weir/alerts';
import { formatNumber } from '@weir/charts';

type Described = Pick<Firing, 'rule' | 'value' | 'baseline'> & {
  readonly bucket: Pick<Firing['bucket'], 'interval'>;
};

/** What was seen, and what it was compared with: `1,204 events of checkout, above 1,000`. It has no full stop. */
export function describeFiring(firing: Described): string {
  const { rule, value } = firing;
  const limit = describeLimit(firing);
  return `${describeFigure(rule, value)}${limit === undefined ? '' : `, ${limit}`}`;
}

/** The limit of a rule: `above 1,000`, or `50 % above the hour before (80)`. Undefined of a silent one. */
export function describeLimit({ rule, baseline, bucket: { interval } }: Described): string | undefined {
  const { comparison, threshold, relative } = rule;
  if (comparison === 'silent') return undefined;
  if (!relative) return `${comparison} ${formatNumber(threshold ?? null)}`;
  const earlier = {
    previous: `the ${interval} before`,
    day: `the same ${interval} a day before`,
    week: `the same ${interval} a week before`,
  };
  return `${formatNumber(relative.percent)} % ${comparison} ${earlier[relative.to]} (${formatNumber(baseline ?? null)})`;
}

/** A figure of a rule: `1,204 events of checkout`. */
export function describeFigure({ field, comparison, action }: FiredRule, value: number): string {
  const figure = formatNumber(value);
  if (comparison === 'silent') return `no events of ${action === '*' ? 'any action' : action}`;
  const written = {
    count: `${figure} events of`,
    users: `${figure} users of`,
    sum: `a sum of ${figure} for`,
    mean: `a mean of ${figure} for`,
    p95: `a 95th percentile of ${figure} for`,
  };
  return `${written[field]} ${action === '*' ? 'all actions' : action}`;
}
