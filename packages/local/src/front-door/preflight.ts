/** The `http` event of a function, as far as a preflight depends on it. */
interface HttpEvent {
  readonly method: string;
  readonly path: string;
  readonly cors?: {
    readonly origin?: string;
    readonly origins?: readonly string[];
    readonly headers: readonly string[];
    readonly maxAge: number;
  };
}

/** A function's `events:`, untouched. */
type Events = readonly Readonly<Record<string, unknown>>[];

/** The routes of these functions. */
export function httpEventsOf(functions: Readonly<Record<string, { readonly events: Events }>>): HttpEvent[] {
  const events = Object.values(functions).flatMap(({ events }) => events.map(({ http }) => http));
  return events.filter((http): http is HttpEvent => typeof http === 'object' && http !== null);
}

/**
 * The headers of the answer to an OPTIONS request, as of the methods that the framework makes of `cors`; undefined where
 * the path has no such method. An origin that is not in the list is told the first one.
 */
export function preflightHeaders(
  routes: readonly HttpEvent[],
  path: string,
  origin: string | undefined,
): Record<string, string> | undefined {
  const here = routes.filter((route) => isPathOf(route.path, path));
  const cors = here.find((route) => route.cors !== undefined)?.cors;
  if (cors === undefined) {
    return undefined;
  }
  const { origins = [cors.origin ?? '*'] } = cors;
  return {
    'access-control-allow-origin': origins.find((candidate) => candidate === origin) ?? origins[0] ?? '*',
    'access-control-allow-headers': cors.headers.join(','),
    'access-control-allow-methods': ['OPTIONS', ...here.map(({ method }) => method.toUpperCase())].join(','),
    'access-control-max-age': String(cors.maxAge),
    'content-type': 'application/json',
  };
}

function isPathOf(template: string, path: string): boolean {
  const wanted = template.replace(/^\//, '').split('/');
  const given = path.replace(/^\//, '').split('/');
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
}
