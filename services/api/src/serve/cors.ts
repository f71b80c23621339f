/** What a page may read of an answer beside its body and type; serverless.yml says the same to API Gateway. */
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

/** Makes what tells a browser whether the page at `origin` may read an answer. */
export function createAllowOrigin(origins: readonly string[]): (origin: string | undefined) => Headers {
  const exposed = { 'access-control-expose-headers': EXPOSED_HEADERS.join() };
  if (origins.length === 0) return () => ({});
  if (origins.includes('*')) return () => ({ 'access-control-allow-origin': '*', ...exposed });
  // Other origins get another answer, and a cache has to know.
  const varies = { vary: 'origin' };
  return (origin) =>
    origin !== undefined && origins.includes(origin)
      ? { 'access-control-allow-origin': origin, ...exposed, ...varies }
      : varies;
}
