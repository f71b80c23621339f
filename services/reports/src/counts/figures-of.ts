import type { BucketTotal } from '@weir/dynamodb';
import { summarise } from '@weir/dynamodb/metrics';
import type { Counted } from './counts-reader.ts';

/** The figures of one event or more, as `GET /v1/metrics/{action}` shows them. */
export function figuresOf(counted: Counted): BucketTotal & { readonly mean: number } {
  const { count, sum, min, max, users, p50, p95, p99 } = summarise(counted);
  return { count, sum, min, max, mean: sum / count, users, p50, p95, p99 };
}
