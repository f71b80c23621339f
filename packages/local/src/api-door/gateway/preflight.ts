import { findPath } from './find-route.ts';
import { type HttpEvent, isMock } from './http-event.ts';

/**
 * The headers of the answer to an OPTIONS request, as the framework makes them from the `cors` of a path's routes;
 * undefined if they have none. An origin that is not in the list is told the first one.
 */
export function preflightHeaders(
  routes: readonly HttpEvent[],
  path: string,
  origin: string | undefined,
): Record<string, string> | undefined {
  const own = routes.filter((route) => !isMock(route));
  const found = findPath(own, path);
  const here = own.filter((route) => route.path === found);
  const cors = here.find((route) => route.cors !== undefined)?.cors;
  if (cors === undefined) return undefined;
  const { origins = [cors.origin ?? '*'] } = cors;
  return {
    'access-control-allow-origin': origins.find((candidate) => candidate === origin) ?? origins[0] ?? '*',
    'access-control-allow-headers': cors.headers.join(','),
    'access-control-allow-methods': ['OPTIONS', ...here.map(({ method }) => method.toUpperCase())].join(','),
    'access-control-max-age': String(cors.maxAge),
    'content-type': 'application/json',
  };
}
