import { type Problem, problem } from './answers/problem.ts';
import type { ApiResponse } from './answers/response.ts';
import type { Principal } from './callers/principal.ts';
import type { Scope } from './callers/scopes.ts';
import type { ApiRequest } from './requests/request.ts';

/** The input of a route. */
export interface RouteInput {
  readonly request: ApiRequest;
  /** Path parameters by name, decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly principal: Principal;
}

/** A method and path of the API with its answer. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in serverless.yml, with a leading slash: `/v1/metrics/{action}`. */
  readonly path: string;
  /** The scope a key needs; `open` routes need no key. */
  readonly access: Scope | 'open';
  /** Fields of the body that are shown only once. A stored answer (`Idempotency-Key`) does not have them. */
  readonly secrets?: readonly string[];
  /** Whether it reads the query. A query of any other route that needs a key is refused. */
  readonly takesQuery?: true;
  readonly answer: (input: RouteInput) => Promise<ApiResponse | Problem>;
}

/** The route that a request found, with its path parameters. */
export interface Match {
  readonly kind: 'match';
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route for a method and path: 404 if no path matches, 405 if only the method does not match. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match | Problem {
  const allowed: string[] = [];
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params === 'no') continue;
    if (!params) return problem('invalid-path', 'the path contains a percent-encoding that is not UTF-8');
    if (route.method === method) return { kind: 'match', route, params };
    allowed.push(route.method);
  }
  if (allowed.length === 0) return problem('not-found', 'there is no such route');
  return problem('method-not-allowed', `${method} is not one of ${allowed.join(', ')}`, {
    headers: { allow: allowed.join(', ') },
  });
}

/** The parameters of `path` under `template`; undefined if a parameter is not UTF-8; `no` if the path does not match. */
function matchPath(template: string, path: string): Record<string, string> | undefined | 'no' {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return 'no';
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const segment = given[at] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return 'no';
      continue;
    }
    const value = decodeSegment(segment);
    if (value === undefined) return undefined;
    params[part.slice(1, -1)] = value;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
