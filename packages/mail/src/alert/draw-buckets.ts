import type { Firing } from '@weir/alerts';
import { columnChart, formatNumber } from '@weir/charts';
import type { MailImage } from '@weir/charts/mail';
import { chartWidthOf, imageCard, svgToPng } from '@weir/charts/png';
import { bucketLabel } from './bucket-times.ts';

// As the charts of the daily report: drawn for a narrow card, so that a telephone shows text that can be read.
const IMAGE_WIDTH = 560;
const CARD_WIDTH = 440;
const CHART_HEIGHT = 200;

/** A bucket of the chart. */
export interface ChartedBucket {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Null where there is none. */
  readonly value: number | null;
}

/** Draws the bucket that fired among those around it, with the rule's threshold. */
export function drawBuckets(
  { rule: { threshold }, bucket }: Pick<Firing, 'rule' | 'bucket'>,
  buckets: readonly ChartedBucket[],
): MailImage {
  const columns = buckets.map(({ start, value }) => {
    const label = bucketLabel(start, bucket.interval);
    return { label, value, detail: `${label}: ${formatNumber(value)}`, isMain: start === bucket.start };
  });
  const alt = `By ${bucket.interval}: ${columns.map(({ detail }) => detail).join(', ')}`;
  const chart = columnChart({
    ...{ columns, width: chartWidthOf(CARD_WIDTH), height: CHART_HEIGHT, summary: alt, figures: 'main' },
    mean: threshold === undefined ? undefined : { value: threshold, label: `Limit ${formatNumber(threshold)}` },
    empty: 'Nothing was counted',
  });
  return { kind: 'image', cid: 'buckets', alt, png: svgToPng(imageCard(chart), IMAGE_WIDTH) };
}
