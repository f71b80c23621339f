/** What a key may be allowed to do. Audits belong to reports, live push to metrics. */
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

/** One of them. */
export type Scope = (typeof SCOPES)[number];
