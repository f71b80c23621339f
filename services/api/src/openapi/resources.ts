import type { Scope } from '../http/callers/scopes.ts';

/** The subject of a part of the API. */
export interface Resource {
  readonly tag: string;
  /** The part of its scopes before the colon; undefined if no key is needed. */
  readonly scope?: 'events' | 'metrics' | 'users' | 'keys' | 'reports' | 'alerts' | 'webhooks';
}

/** The resources by the first segment of their paths after `/v1`. */
const RESOURCES: Readonly<Record<string, Resource>> = {
  events: { tag: 'Events', scope: 'events' },
  metrics: { tag: 'Metrics', scope: 'metrics' },
  actions: { tag: 'Metrics', scope: 'metrics' },
  users: { tag: 'Users', scope: 'users' },
  erasures: { tag: 'Users', scope: 'users' },
  keys: { tag: 'Keys', scope: 'keys' },
  reports: { tag: 'Reports', scope: 'reports' },
  audits: { tag: 'Reports', scope: 'reports' },
  alerts: { tag: 'Alerts', scope: 'alerts' },
  webhooks: { tag: 'Webhooks', scope: 'webhooks' },
  addresses: { tag: 'Mail', scope: 'reports' },
  unsubscribe: { tag: 'Mail' },
  health: { tag: 'About' },
  'openapi.json': { tag: 'About' },
  docs: { tag: 'About' },
};

/** The tags with their descriptions, in the order of the document. */
export const TAGS = [
  { name: 'Events', description: 'Send events. Each event counts once.' },
  { name: 'Metrics', description: 'Read counts by action, and by minute, hour, day, week or month.' },
  { name: 'Users', description: 'Profiles of users, the activity of each user, and their erasure.' },
  { name: 'Reports', description: 'Reports of days, made each night or on request.' },
  { name: 'Alerts', description: 'Rules that notify people when a metric is above or below a threshold.' },
  { name: 'Webhooks', description: 'Addresses to which Weir sends signed notifications.' },
  { name: 'Mail', description: 'Who gets mail, and how readers end it. Addresses belong to the scopes of reports.' },
  { name: 'Keys', description: 'The keys of callers, and their permissions.' },
  { name: 'About', description: 'The description of the API, and whether it answers. No key is needed.' },
] as const;

/** The resource of a path such as `/v1/users/{userId}`. */
export function resourceOf(path: string): Resource | undefined {
  const segment = path.split('/')[2] ?? '';
  return Object.hasOwn(RESOURCES, segment) ? RESOURCES[segment] : undefined;
}

/** The scope that an operation needs: `read` for GET, `write` otherwise. A test compares it with the routes. */
export function scopeOf(path: string, method: string): Scope | undefined {
  const { scope } = resourceOf(path) ?? {};
  if (scope === undefined) return undefined;
  // Events can only be written, and metrics only be read.
  if (scope === 'events') return 'events:write';
  if (scope === 'metrics') return 'metrics:read';
  return `${scope}:${method === 'get' ? 'read' : 'write'}`;
}
