import { httpEventsOf, type Serverless } from '../framework/serverless.ts';

/**
 * Gives each route the checks that API Gateway makes before its function runs, from `custom.requestChecks`: the
 * framework's `request:` of a route, by `post v1/things`. A check that belongs to no route is an error: its route would
 * go unchecked.
 */
export function addRequestChecks(serverless: Serverless): void {
  const checks = new Map(Object.entries((serverless.service.custom?.requestChecks ?? {}) as Record<string, object>));
  for (const http of httpEventsOf(serverless.service)) {
    const route = `${http.method.toLowerCase()} ${http.path}`;
    const check = checks.get(route);
    if (check !== undefined) http.request = check;
    checks.delete(route);
  }
  if (checks.size === 0) return;
  throw new serverless.classes.Error(`requestChecks has ${[...checks.keys()].join(', ')}, which no function answers`);
}
