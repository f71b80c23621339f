/** Writes an RFC 3339 time in UTC as `2026-11-30 07:10 UTC`. */
export function formatInstant(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
