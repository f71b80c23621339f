/**
 * The headers of an answer that a page may read beside body and type. serverless.yml has the same list for API Gateway.
 */
export const EXPOSED_HEADERS = [
  'x-request-id',
  'etag',
  'location',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
  'idempotency-replayed',
];

type Headers = Readonly<Record<string, string>>;

/** Makes the headers that allow a page at `origin` to read an answer. */
export function createAllowOrigin(origins: readonly string[]): (origin: string | undefined) => Headers {
  const exposed = { 'access-control-expose-headers': EXPOSED_HEADERS.join() };
  if (origins.length === 0) return () => ({});
  if (origins.includes('*')) return () => ({ 'access-control-allow-origin': '*', ...exposed });
  // Other origins get another answer, so a cache must distinguish them.
  const varies = { vary: 'origin' };
  return (origin) =>
    origin !== undefined && origins.includes(origin)
      ? { 'access-control-allow-origin': origin, ...exposed, ...varies }
      : varies;
}
