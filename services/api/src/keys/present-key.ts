import type { StoredKey } from '@weir/dynamodb/keys';
import { formatTime } from '../times/parse-time.ts';
import type { Removed } from './find-removals.ts';

/** What can be said of a key at a moment. */
export const KEY_STATUSES = ['active', 'expired', 'removed'] as const;

/** One of them. */
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** A key, and what became of it. */
export interface KnownKey {
  readonly key: StoredKey;
  readonly removal: Removed | undefined;
}

/** A key as it is answered: field by field, so that its hash never slips in. */
export function presentKey(known: KnownKey, now: number): object {
  const { key, removal } = known;
  const { id, name, scopes, actionPrefixes, createdAt, createdBy, expiresAt, lastUsedAt } = key;
  return {
    id,
    name,
    scopes,
    ...(actionPrefixes && { actionPrefixes }),
    status: statusOf(known, now),
    createdAt: formatTime(createdAt),
    createdBy,
    ...presentTimes({ expiresAt, lastUsedAt, removedAt: removal?.at }),
    ...(removal && { removedBy: removal.by }),
    ...(removal?.with !== undefined && { removedWith: removal.with }),
  };
}

/** Whether a key is let in, and why not. */
export function statusOf({ key: { expiresAt }, removal }: KnownKey, now: number): KeyStatus {
  if (removal) return 'removed';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'active';
}

function presentTimes(times: Readonly<Record<string, number | undefined>>): object {
  const known = Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, formatTime(time)]]));
  return Object.fromEntries(known);
}
