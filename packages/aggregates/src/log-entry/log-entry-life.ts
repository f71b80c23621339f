/**
 * The id window is at most four hours of this; the rest is time to repair folds, or rewrites of the archive, that fail.
 */
const LONGER_THAN_RECORDS_HOURS = 48;

/**
 * How long a log entry is kept after it was appended: longer than the stream keeps the record that it counts, and than
 * ids are remembered after that. A record that comes again therefore finds the entry that counted it.
 */
export function logEntryLifeSeconds(streamRetentionHours: number): number {
  return (streamRetentionHours + LONGER_THAN_RECORDS_HOURS) * 3600;
}
