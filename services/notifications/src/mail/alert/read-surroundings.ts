import { BUCKET_MS, type Firing, figureOf, matchesAction, NO_FIGURES } from '@weir/alerts';
import type { BucketsReader, MetricsReader } from '@weir/dynamodb';
import { readFigures } from '@weir/dynamodb/metrics';
import type { ChartedBucket } from '@weir/mail/alert';

/** Buckets of a chart before the one that fired, and after it. */
const BEFORE = 24;
const AFTER = 3;

/** More actions take too long to read: the mail then has no chart. */
export const MAX_CHARTED_ACTIONS = 20;

type Reader = BucketsReader & Pick<MetricsReader, 'listActions'>;

/**
 * The bucket that fired among those around it, up to now. Undefined if its rule looks at more than 20 actions. The bucket
 * itself has the value for which the rule fired, as the mail says it: more may be counted by now.
 */
export async function readSurroundings(
  { reader, now }: { readonly reader: Reader; readonly now: () => number },
  { rule, bucket: { start, interval }, value }: Pick<Firing, 'rule' | 'bucket' | 'value'>,
): Promise<ChartedBucket[] | undefined> {
  const actions = await findActions(reader, rule.action);
  if (actions.length > MAX_CHARTED_ACTIONS) return undefined;
  const width = BUCKET_MS[interval];
  const from = Math.max(0, start - BEFORE * width);
  const to = Math.max(start, Math.min(start + AFTER * width, now() - (now() % width))) + width;
  const { figures } = await readFigures(reader, { actions, interval, from, to });
  return Array.from({ length: (to - from) / width }, (_, at) => {
    const each = from + at * width;
    return { start: each, value: each === start ? value : figureOf(rule.field, figures.get(each) ?? NO_FIGURES) };
  });
}

async function findActions(reader: Reader, pattern: string): Promise<readonly string[]> {
  if (!pattern.endsWith('*')) return [pattern];
  const seen = await reader.listActions();
  return seen.map(({ action }) => action).filter((action) => matchesAction(pattern, action));
}
