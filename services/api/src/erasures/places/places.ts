import { logEntryLifeSeconds } from '@weir/aggregates';
import { EMPTIED_ROW_TTL_SECONDS } from '@weir/dynamodb';
import { FIRING_KEPT_MS } from '@weir/dynamodb/alerts';
import type { Erasure } from '@weir/dynamodb/erasures';
import { AVATAR_UPLOAD_TTL_MS } from '../../avatars/limits.ts';
import { REMEMBERED_SECONDS } from '../../idempotency/run-once.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * DynamoDB removes an item within some days after its expiry ("How it works: Time to Live"). Until then, reads return it.
 */
const TTL_LAG_MS = 2 * DAY_MS;
/**
 * How far back a table can be restored from its backups ("Point-in-time recovery for DynamoDB"). AWS Backup keeps its own for
 * less (services/ingest-stream/resources/backups.yml).
 */
const BACKUP_MS = 35 * DAY_MS;
/** How long X-Ray keeps traces, which contain the requested paths. */
const TRACE_MS = 30 * DAY_MS;

/** How long a stage keeps data that expires by itself, in milliseconds. */
export interface Retention {
  readonly streamMs: number;
  readonly entryMs: number;
  readonly logsMs: number;
  /** From `until` to the beginning of the last pass. */
  readonly lastPassMs: number;
}

/** When S3 removes what a job has left ("Managing the lifecycle of objects": days are full ones, and it may be late by one). */
const JOB_FOLDER_MS = 2 * DAY_MS;
const LIFECYCLE_LAG_MS = 2 * DAY_MS;
const IDEMPOTENCY_MS = REMEMBERED_SECONDS * 1000;
/** How long emptied rows live. They keep late folds from restoring erased counts. */
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

/** The parts of an erasure that show when the last trace in a place is gone. */
type Progress = Pick<Erasure, 'status' | 'until' | 'places'>;

/** The input to compute when a place's last trace is gone. */
interface EndInput {
  readonly erasure: Progress;
  readonly retention: Retention;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A place that may have data of a user, and how that data goes. */
export type Place = { readonly name: string; readonly description: string } & (
  | { readonly kind: 'erased' }
  /**
   * When the last data is gone, epoch milliseconds. Exact after the erasure has ended; before that, the earliest time.
   */
  | { readonly kind: 'expires'; readonly expiresAt: (input: EndInput) => number }
);

/** A duration from `until`. */
function after(durationMs: (retention: Retention) => number): (input: EndInput) => number {
  return ({ erasure, retention }) => erasure.until + durationMs(retention);
}

const entriesEnd = after(({ streamMs, entryMs }) => streamMs + entryMs + TTL_LAG_MS);

const uploadsEnd = after(() => AVATAR_UPLOAD_TTL_MS + TTL_LAG_MS);

/** Each pass may write emptied rows again, and so may the last one. */
function emptiedRowsEnd({ erasure, retention, now }: EndInput): number {
  const lastPassAt = erasure.until + retention.lastPassMs;
  const emptiedAt = erasure.status === 'done' ? (erasure.places.activity?.at ?? lastPassAt) : Math.max(lastPassAt, now);
  return emptiedAt + EMPTIED_ROW_MS + TTL_LAG_MS;
}

/** A job that runs beside the last pass may have read a line before that pass erased it. */
function jobFoldersEnd({ erasure, retention, now }: EndInput): number {
  const lastPassAt = erasure.until + retention.lastPassMs;
  const readAt = erasure.status === 'done' ? (erasure.places.archive?.at ?? lastPassAt) : Math.max(lastPassAt, now);
  return readAt + JOB_FOLDER_MS + LIFECYCLE_LAG_MS;
}

/**
 * A firing holds the addresses of its rule. It is kept anew when it recovers, which may be just before it expires. A
 * message about the erasure itself, or the answer to it, is kept for a shorter time.
 */
function notificationsEnd({ erasure, retention, now }: EndInput): number {
  const lastPassAt = erasure.until + retention.lastPassMs;
  const erasedAt = erasure.status === 'done' ? (erasure.places.alerts?.at ?? lastPassAt) : Math.max(lastPassAt, now);
  return erasedAt + 2 * FIRING_KEPT_MS + TTL_LAG_MS;
}

/** Every place that may have data of a user. Add new places here. */
export const PLACES: readonly Place[] = [
  { name: 'profile', kind: 'erased', description: 'The profile' },
  { name: 'addresses', kind: 'erased', description: 'Addresses that get mail: that of the profile' },
  { name: 'avatars', kind: 'erased', description: 'Pictures, their thumbnails, and unchecked uploads' },
  { name: 'activity', kind: 'erased', description: 'Counts and sums by action and day' },
  { name: 'archive', kind: 'erased', description: 'Lines of the archive: only the counted values stay' },
  { name: 'quarantine', kind: 'erased', description: 'Refused events: only the reason stays' },
  { name: 'reports', kind: 'erased', description: 'Reports: the user’s id, where a revision has it' },
  { name: 'alerts', kind: 'erased', description: 'Rules of alerts: the user’s address, where they mail to it' },
  { name: 'endpoints', kind: 'erased', description: 'Endpoints of webhooks: the user’s address, where a URL has it' },
  { name: 'on-failure', kind: 'erased', description: 'Records of batches that Lambda stopped retrying' },
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
    description: 'Rows without counts, which keep late entries from restoring counts: a hash of the user id',
    expiresAt: emptiedRowsEnd,
  },
  {
    name: 'report-jobs',
    kind: 'expires',
    description: 'Objects of questions under way, removed when the answer is there: user ids or their hashes',
    expiresAt: jobFoldersEnd,
  },
  {
    name: 'notifications',
    kind: 'expires',
    description:
      'Firings of alerts, messages to webhooks and the answers: the user’s id or address, where one names it. That nothing may be mailed there: a hash of the address',
    expiresAt: notificationsEnd,
  },
  {
    name: 'avatar-uploads',
    kind: 'expires',
    description: 'Upload addresses, and failed uploads: a hash of the user id',
    expiresAt: uploadsEnd,
  },
  {
    name: 'backups',
    kind: 'expires',
    description: 'Backups of the tables',
    expiresAt: (input) =>
      Math.max(...[entriesEnd, emptiedRowsEnd, uploadsEnd, notificationsEnd].map((end) => end(input))) + BACKUP_MS,
  },
  {
    name: 'idempotency-records',
    kind: 'expires',
    description: 'Answers stored for repeated requests',
    expiresAt: after(() => IDEMPOTENCY_MS + TTL_LAG_MS),
  },
  { name: 'logs', kind: 'expires', description: 'The functions’ own logs', expiresAt: after(({ logsMs }) => logsMs) },
  { name: 'traces', kind: 'expires', description: 'Traces of requests', expiresAt: after(() => TRACE_MS) },
];
