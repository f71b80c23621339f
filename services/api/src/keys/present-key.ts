import type { StoredKey } from '@weir/dynamodb/keys';
import { formatTime } from '../metrics/parse-time.ts';

/** What can be said of a key at a moment. */
export const KEY_STATUSES = ['active', 'expired', 'removed'] as const;

/** One of them. */
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** Whether a key is let in, and why not. */
export function statusOf({ removedAt, expiresAt }: StoredKey, now: number): KeyStatus {
  if (removedAt !== undefined) return 'removed';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'active';
}

/** A key as it is answered: field by field, so that its hash never slips in. */
export function presentKey(key: StoredKey, now: number): object {
  const { id, name, scopes, actionPrefixes, createdAt, createdBy, expiresAt, lastUsedAt, removedAt, removedBy } = key;
  return {
    id,
    name,
    scopes,
    ...(actionPrefixes && { actionPrefixes }),
    status: statusOf(key, now),
    createdAt: formatTime(createdAt),
    createdBy,
    ...presentTimes({ expiresAt, lastUsedAt, removedAt }),
    ...(removedBy !== undefined && { removedBy }),
  };
}

function presentTimes(times: Readonly<Record<string, number | undefined>>): object {
  const known = Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, formatTime(time)]]));
  return Object.fromEntries(known);
}
