import type { TableItem } from '../table/table-access.ts';
import { logPartition, PROGRESS_KEY } from './keys.ts';
import type { Progress, StoredEntry } from './metrics-store.ts';
import { EntryBytes } from './stored-entry.ts';

/** An entry of a log, or the progress, as the table's stream shows it. */
export type StoredMetric =
  | { readonly kind: 'entry'; readonly logId: string; readonly entry: StoredEntry }
  | { readonly kind: 'progress'; readonly progress: Progress };

/** What an item of the table is; `undefined` if it is neither. Lambda hands over bytes as text in base64. */
export function storedMetric({ pk, sk, body, closedUpTo, at }: TableItem): StoredMetric | undefined {
  const partition = pk?.S ?? '';
  if (partition === PROGRESS_KEY.pk) {
    return { kind: 'progress', progress: { closedUpTo: Number(closedUpTo?.N), at: Number(at?.N) } };
  }
  if (!partition.startsWith(logPartition(''))) return undefined;
  const bytes: Uint8Array | string = body?.B ?? '';
  const entry = new EntryBytes(Number(sk?.S), typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes);
  return { kind: 'entry', logId: partition.slice(logPartition('').length), entry };
}
