/** The id window is four hours of it at most; the rest is the time to mend folds, or rewrites of the archive, that fail. */
const LONGER_THAN_RECORDS_HOURS = 48;

/**
 * How long a log entry is kept once it was appended: longer than the stream keeps the record that it counts, and than
 * ids are remembered after that. So whatever comes again meets the entry that counted it.
 */
export function logEntryLifeSeconds(streamRetentionHours: number): number {
  return (streamRetentionHours + LONGER_THAN_RECORDS_HOURS) * 3600;
}
