import type { MockRoute } from './mock-route.ts';
import type { SocketApi, SocketRoute } from './socket-api.ts';

/** The routes that messages cannot select. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set(['$connect', '$disconnect']);

/** The route of a message: the one that the API's expression selects, or else `$default`. */
export function findSocketRoute(api: SocketApi, message: string): SocketRoute | MockRoute | undefined {
  const find = (key: string) => api.routes.get(key) ?? api.mocks.get(key);
  const key = selectedKey(api.selection, message);
  const selected = key === undefined || OF_CONNECTIONS.has(key) ? undefined : find(key);
  return selected ?? find('$default');
}

/** The value at `$request.body.<name>`, or `${request.body.<name>}`; undefined if the message has none. */
function selectedKey(selection: string, message: string): string | undefined {
  const [, braced, bare] = /^\$(?:\{request\.body\.([^}]+)\}|request\.body\.(.+))$/.exec(selection) ?? [];
  const path = (braced ?? bare)?.split('.') ?? [];
  if (path.length === 0) return undefined;
  const value = path.reduce<unknown>((inner, name) => propertyOf(inner, name), parse(message));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
