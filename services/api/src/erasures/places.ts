const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** DynamoDB removes an item within some days of its expiry ("How it works: Time to Live"); it answers with it until then. */
const TTL_LAG_MS = 2 * DAY_MS;
/** How far back a table can be restored from its backups ("Point-in-time recovery for DynamoDB"). */
const BACKUP_MS = 35 * DAY_MS;
/** X-Ray keeps traces, and with them the paths that were asked for, this long. */
const TRACE_MS = 30 * DAY_MS;

/** How long a stage keeps what expires by itself. Milliseconds. */
export interface Retention {
  readonly streamMs: number;
  readonly entryMs: number;
  readonly logsMs: number;
  readonly idempotencyMs: number;
}

/** Entries of the metrics table live nine days, whatever the stage; answers that are kept for a retry one. */
const ENTRY_MS = 9 * DAY_MS;
const IDEMPOTENCY_MS = DAY_MS;

/** The retention of a stage with these parameters. */
export function retentionOf(stage: {
  readonly streamRetentionHours: number;
  readonly logRetentionDays: number;
}): Retention {
  return {
    streamMs: stage.streamRetentionHours * HOUR_MS,
    entryMs: ENTRY_MS,
    logsMs: stage.logRetentionDays * DAY_MS,
    idempotencyMs: IDEMPOTENCY_MS,
  };
}

/** A place that holds something of a person, and what happens to it. */
export type Place = { readonly name: string; readonly description: string } & (
  | { readonly kind: 'erased' }
  /** When the last of it is gone, counted from the moment up to which everything is erased. */
  | { readonly kind: 'expires'; readonly afterMs: (retention: Retention) => number }
);

/** Every place that holds something of a person. What comes to hold something more is added here. */
export const PLACES: readonly Place[] = [
  { name: 'profile', kind: 'erased', description: 'The profile' },
  { name: 'avatars', kind: 'erased', description: 'Every upload of an avatar, and its thumbnails' },
  { name: 'activity', kind: 'erased', description: 'Counts and sums by action and day' },
  { name: 'archive', kind: 'erased', description: 'Lines of the archive: only what was counted of them is left' },
  { name: 'quarantine', kind: 'erased', description: 'Refused events: only the reason is left' },
  { name: 'on-failure', kind: 'erased', description: 'Records that the consumer gave up' },
  {
    name: 'stream',
    kind: 'expires',
    description: 'Records on the stream',
    afterMs: ({ streamMs }) => streamMs,
  },
  {
    name: 'log-entries',
    kind: 'expires',
    description: 'Entries of the shards’ logs: hashes of user and event ids',
    afterMs: ({ streamMs, entryMs }) => streamMs + entryMs + TTL_LAG_MS,
  },
  {
    name: 'backups',
    kind: 'expires',
    description: 'Point-in-time backups of the tables',
    afterMs: ({ streamMs, entryMs }) => streamMs + entryMs + TTL_LAG_MS + BACKUP_MS,
  },
  {
    name: 'idempotency-records',
    kind: 'expires',
    description: 'Answers kept for requests that come again',
    afterMs: ({ idempotencyMs }) => idempotencyMs + TTL_LAG_MS,
  },
  { name: 'logs', kind: 'expires', description: 'The functions’ own logs', afterMs: ({ logsMs }) => logsMs },
  { name: 'traces', kind: 'expires', description: 'Traces of requests', afterMs: () => TRACE_MS },
];
