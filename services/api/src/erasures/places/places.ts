import { logEntryLifeSeconds } from '@weir/aggregates';
import { EMPTIED_ROW_TTL_SECONDS } from '@weir/dynamodb';
import type { Erasure } from '@weir/dynamodb/erasures';
import { AVATAR_UPLOAD_TTL_MS } from '../../avatars/limits.ts';
import { REMEMBERED_SECONDS } from '../../idempotency/run-once.ts';

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
  /** Past the moment up to which everything is erased: when the last pass may begin. */
  readonly lastPassMs: number;
}

const IDEMPOTENCY_MS = REMEMBERED_SECONDS * 1000;
/** What stands in the place of erased counts, so that no late fold brings them back. */
const EMPTIED_ROW_MS = EMPTIED_ROW_TTL_SECONDS * 1000;

/** The retention of a stage with these parameters. */
export function retentionOf(stage: {
  readonly streamRetentionHours: number;
  readonly logRetentionDays: number;
  readonly lastPassSeconds: number;
}): Retention {
  return {
    streamMs: stage.streamRetentionHours * HOUR_MS,
    entryMs: logEntryLifeSeconds(stage.streamRetentionHours) * 1000,
    logsMs: stage.logRetentionDays * DAY_MS,
    lastPassMs: stage.lastPassSeconds * 1000,
  };
}

/** What of an erasure tells when a place's last trace is gone. */
type Progress = Pick<Erasure, 'status' | 'until' | 'places'>;

/** What an end is counted with. */
interface EndInput {
  readonly erasure: Progress;
  readonly retention: Retention;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A place that holds something of a person, and what happens to it. */
export type Place = { readonly name: string; readonly description: string } & (
  | { readonly kind: 'erased' }
  /** When the last of it is gone, epoch milliseconds: exact once the erasure has ended, and until then at the earliest. */
  | { readonly kind: 'expires'; readonly expiresAt: (input: EndInput) => number }
);

/** Counted from the moment up to which everything is erased. */
function after(durationMs: (retention: Retention) => number): (input: EndInput) => number {
  return ({ erasure, retention }) => erasure.until + durationMs(retention);
}

const entriesEnd = after(({ streamMs, entryMs }) => streamMs + entryMs + TTL_LAG_MS);

const uploadsEnd = after(() => AVATAR_UPLOAD_TTL_MS + TTL_LAG_MS);

/** Each pass may empty rows anew, the last one too. */
function emptiedRowsEnd({ erasure, retention, now }: EndInput): number {
  const lastPassAt = erasure.until + retention.lastPassMs;
  const emptiedAt = erasure.status === 'done' ? (erasure.places.activity?.at ?? lastPassAt) : Math.max(lastPassAt, now);
  return emptiedAt + EMPTIED_ROW_MS + TTL_LAG_MS;
}

/** Every place that holds something of a person. What comes to hold something more is added here. */
export const PLACES: readonly Place[] = [
  { name: 'profile', kind: 'erased', description: 'The profile' },
  { name: 'avatars', kind: 'erased', description: 'Pictures, their thumbnails, and uploads not looked at yet' },
  { name: 'activity', kind: 'erased', description: 'Counts and sums by action and day' },
  { name: 'archive', kind: 'erased', description: 'Lines of the archive: only what was counted of them is left' },
  { name: 'quarantine', kind: 'erased', description: 'Refused events: only the reason is left' },
  { name: 'on-failure', kind: 'erased', description: 'Records that the consumer gave up' },
  {
    name: 'stream',
    kind: 'expires',
    description: 'Records on the stream',
    expiresAt: after(({ streamMs }) => streamMs),
  },
  {
    name: 'log-entries',
    kind: 'expires',
    description: 'Entries of the shards’ logs: hashes of user and event ids',
    expiresAt: entriesEnd,
  },
  {
    name: 'emptied-rows',
    kind: 'expires',
    description: 'Rows without counts that keep late ones from coming back: a hash of the user id',
    expiresAt: emptiedRowsEnd,
  },
  {
    name: 'avatar-uploads',
    kind: 'expires',
    description: 'Addresses that were given out for uploads, and uploads that failed: a hash of the user id',
    expiresAt: uploadsEnd,
  },
  {
    name: 'backups',
    kind: 'expires',
    description: 'Point-in-time backups of the tables',
    expiresAt: (input) => Math.max(entriesEnd(input), emptiedRowsEnd(input), uploadsEnd(input)) + BACKUP_MS,
  },
  {
    name: 'idempotency-records',
    kind: 'expires',
    description: 'Answers kept for requests that come again',
    expiresAt: after(() => IDEMPOTENCY_MS + TTL_LAG_MS),
  },
  { name: 'logs', kind: 'expires', description: 'The functions’ own logs', expiresAt: after(({ logsMs }) => logsMs) },
  { name: 'traces', kind: 'expires', description: 'Traces of requests', expiresAt: after(() => TRACE_MS) },
];
