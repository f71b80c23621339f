import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import { itemFailures } from '../mappings/item-failures.ts';
import type { SourceRecord } from './stream-port.ts';

/** What an invocation means for its batch. */
export type BatchOutcome =
  | { readonly outcome: 'done' }
  /** The records before this index are done; there may be none. */
  | { readonly outcome: 'partial'; readonly firstFailed: number }
  | { readonly outcome: 'failed' }
  /** The function was not reached: this is not an attempt. */
  | { readonly outcome: 'unreachable' };

/** Reads a result as Lambda does: with partial responses, delivery continues at the lowest sequence number. */
export function interpretResponse(
  result: InvokeResult,
  records: readonly SourceRecord[],
  reportsItemFailures: boolean,
): BatchOutcome {
  if (result.outcome !== 'returned') return { outcome: result.outcome };
  if (!reportsItemFailures) return { outcome: 'done' };
  const failures = itemFailures(result.value);
  if (failures === 'malformed') return { outcome: 'failed' };
  if (failures.length === 0) return { outcome: 'done' };
  const indexes = failures.map((failed) => records.findIndex(({ sequenceNumber }) => sequenceNumber === failed));
  // An identifier that is in no record of the batch fails the whole batch.
  const firstFailed = Math.min(...indexes);
  return firstFailed < 0 ? { outcome: 'failed' } : { outcome: 'partial', firstFailed };
}
