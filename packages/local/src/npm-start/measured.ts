import type { ActionAnswer, ApiClient, MetricsAnswer } from '../api-client/api-client.ts';
import { mapConcurrently } from '../api-client/map-concurrently.ts';
import { intoParts, sparkline } from '../terminal/sparkline.ts';
import { type Column, textTable } from '../terminal/table.ts';

const DAY_MS = 86_400_000;
const DAYS = 90;
const SPARKLINE_WIDTH = 30;

const COLUMNS: readonly Column[] = [
  { title: 'action', align: 'left' },
  { title: 'count', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'p95', align: 'right' },
  { title: 'users', align: 'right' },
  { title: `the last ${DAYS} days`, align: 'left' },
];

/**
 * The actions with the highest counts, read through the API, with a sparkline for each; a sentence if nothing was
 * counted.
 */
export async function measuredTable(api: ApiClient, now: number, atMost = 12): Promise<string> {
  const actions = await api.actions();
  if (actions.length === 0) return 'Nothing has been counted yet.';
  const top = actions.toSorted((a, b) => b.count - a.count || a.action.localeCompare(b.action)).slice(0, atMost);
  const to = Math.ceil(now / DAY_MS) * DAY_MS;
  const range = { from: to - DAYS * DAY_MS, to };
  const answers = await mapConcurrently(top, 3, ({ action }) => api.metrics({ action, ...range, interval: 'day' }));
  const rows = top.map((action, index) => row(action, answers[index], range));
  const events = actions.reduce((sum, { count }) => sum + count, 0);
  const rest = actions.length > top.length ? `\n… and ${counted(actions.length - top.length, 'action')} more` : '';
  return `${textTable(COLUMNS, rows)}${rest}\n${counted(events, 'event')} of ${counted(actions.length, 'action')}`;
}

function row(
  { action, count }: ActionAnswer,
  answer: MetricsAnswer | undefined,
  range: { readonly from: number; readonly to: number },
): string[] {
  const points = (answer?.series ?? []).map((bucket) => ({ at: Date.parse(bucket.start), value: bucket.count }));
  const total = answer?.total;
  return [
    action,
    whole(count),
    decimal(total?.mean),
    decimal(total?.p95),
    total?.users === undefined || total.users === null ? '–' : whole(total.users),
    sparkline(intoParts(points, { ...range, width: SPARKLINE_WIDTH })),
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function counted(count: number, thing: string): string {
  return `${whole(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function decimal(value: number | null | undefined): string {
  return value === undefined || value === null ? '–' : value.toFixed(1);
}
