/** The permissions of a key. Audits belong to reports, live push belongs to metrics. */
export const SCOPES = [
  'events:write',
  'metrics:read',
  'users:read',
  'users:write',
  'reports:read',
  'reports:write',
  'alerts:read',
  'alerts:write',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
] as const;

/** One of these permissions. */
export type Scope = (typeof SCOPES)[number];
