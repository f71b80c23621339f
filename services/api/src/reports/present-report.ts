import type { StoredReport } from '@weir/dynamodb/reports';
import { formatTime } from '../times/parse-time.ts';

/** A report as answers have it: its newest finished revision. */
export function presentReport({ id, kind, finished, timeZone, from, to, createdAt, revisedAt }: StoredReport) {
  return {
    ...{ id, kind, status: 'done', revision: finished, timeZone, from: formatTime(from), to: formatTime(to) },
    ...{ createdAt: formatTime(createdAt), revisedAt: formatTime(revisedAt) },
  };
}
