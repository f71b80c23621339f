import type { StoredKey } from '@weir/dynamodb/keys';
import type { Removed } from '@weir/keys';
import { formatTime } from '../times/parse-time.ts';

/** The states of a key. */
export const KEY_STATUSES = ['active', 'expired', 'removed'] as const;

/** One of these states. */
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** A key with its removal. */
export interface KnownKey {
  readonly key: StoredKey;
  readonly removal: Removed | undefined;
}

/** A key in the form of an answer. It lists the fields one by one, so that the hash is never among them. */
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

/** Whether a key is accepted, or why not. */
export function statusOf({ key: { expiresAt }, removal }: KnownKey, now: number): KeyStatus {
  if (removal) return 'removed';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'active';
}

function presentTimes(times: Readonly<Record<string, number | undefined>>): object {
  const known = Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, formatTime(time)]]));
  return Object.fromEntries(known);
}
