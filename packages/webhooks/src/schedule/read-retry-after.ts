const SECOND_MS = 1000;
const SECONDS = /^\d{1,10}$/;

/**
 * How long an answer asks to wait: milliseconds from now, at most `maxMs`. `undefined` if it does not, or the header is
 * neither seconds nor a date (RFC 9110, 10.2.3).
 */
export function readRetryAfter(
  header: string | undefined,
  { now, maxMs }: { readonly now: number; readonly maxMs: number },
): number | undefined {
  const text = header?.trim() ?? '';
  const ms = SECONDS.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), maxMs);
}
