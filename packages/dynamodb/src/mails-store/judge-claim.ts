import {
  CLAIM_KEPT_MS,
  MAIL_LEASE_MS,
  MAX_UNCERTAIN,
  type NotClaimed,
  type StoredMail,
  type WantedMail,
} from './mails-store.ts';

/** Whether a mail may be claimed, by what the table has under its id: `free`, or why not. */
export function judgeClaim(
  stored: StoredMail | undefined,
  { source, at, quietMs }: Omit<WantedMail, 'id'>,
  now: number,
): 'free' | Exclude<NotClaimed, 'capped'> {
  if (!stored) return 'free';
  if (stored.source !== source) {
    const toldAt = lastTold(stored);
    // Later in any case: what comes again may be the very source that was told.
    return toldAt === undefined || at >= toldAt + Math.max(quietMs, 1) ? 'free' : 'quiet';
  }
  const { status, leaseUntil, uncertain } = stored;
  if (status === 'sent' || status === 'refused') return status;
  if (status === 'claimed' && leaseUntil > now) return 'busy';
  return uncertain >= MAX_UNCERTAIN ? 'spent' : 'free';
}

/** When the last source happened that may have been mailed. What was certainly not sent keeps nothing back. */
function lastTold({ status, uncertain, at, toldAt }: StoredMail): number | undefined {
  const isUnsent = status === 'free' || status === 'refused';
  return isUnsent && uncertain === 0 ? toldAt : at;
}

/** A mail with its next claim. The number of the attempt grows also where another source takes the place. */
export function claimedMail(
  stored: StoredMail | undefined,
  { id, source, at }: Pick<WantedMail, 'id' | 'source' | 'at'>,
  now: number,
): StoredMail {
  const isAgain = stored?.source === source;
  return {
    ...{ id, source, at, status: 'claimed', attempt: (stored?.attempt ?? 0) + 1 },
    ...{ uncertain: (isAgain ? stored.uncertain : 0) + 1, leaseUntil: now + MAIL_LEASE_MS },
    toldAt: isAgain ? stored.toldAt : stored && lastTold(stored),
  };
}

/** The day of UTC whose number a claim counts in, `YYYY-MM-DD`. */
export function mailDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When the table forgets a claim, seconds. */
export function claimKeptUntil(now: number): number {
  return Math.ceil((now + CLAIM_KEPT_MS) / 1000);
}
