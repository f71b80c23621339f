// Apart from the other stores: whatever imports the reader has the rules of time zones in its package.
export { createMetricsReader } from './metrics-reader.ts';
export { type FiguresQuery, type FiguresRead, readFigures } from './read-figures.ts';
export { INTERVAL_MS } from './series.ts';
export { HOURS_KEPT_DAYS, hasItsHours, plannedHours, planSeries } from './series-plan.ts';
export { summarise } from './summarise.ts';
