import { summarise } from '@weir/dynamodb/metrics';
import type { SummaryFigures } from '../results.ts';
import type { Counted } from './summary-reader.ts';

/** The figures of one event or more, as `GET /v1/metrics/{action}` shows them. */
export function figuresOf(counted: Counted): SummaryFigures {
  const { count, sum, min, max, users, p50, p95, p99 } = summarise(counted);
  return { count, sum, min, max, mean: sum / count, users, p50, p95, p99 };
}
