import { claimedMail, judgeClaim, mailDay } from './judge-claim.ts';
import type { ClaimRef, MailsStore, StoredMail } from './mails-store.ts';

/** What the table holds. */
export interface MailsState {
  readonly mails: Map<string, StoredMail>;
  /** Claims by day. */
  readonly days: Map<string, number>;
}

export function emptyMails(): MailsState {
  return { mails: new Map(), days: new Map() };
}

/**
 * Claims of mails in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before
 * each. Several stores with one state are several connections to one table.
 */
export function createMemoryMailsStore(turn = async () => {}, { mails, days } = emptyMails()): MailsStore {
  /** Changes a claim that nobody has taken since. */
  const change = ({ id, attempt }: ClaimRef, to: (stored: StoredMail) => Partial<StoredMail>) => {
    const stored = mails.get(id);
    if (stored?.attempt !== attempt || stored.status !== 'claimed') return;
    mails.set(id, { ...stored, ...to(stored) });
  };

  return {
    async findMail(id) {
      await turn();
      return mails.get(id);
    },

    async claimMail(mail, { now, cap }) {
      await turn();
      const stored = mails.get(mail.id);
      const verdict = judgeClaim(stored, mail, now);
      if (verdict !== 'free') return { kind: verdict };
      const count = days.get(mailDay(now)) ?? 0;
      if (count >= cap) return { kind: 'capped' };
      const claimed = claimedMail(stored, mail, now);
      mails.set(mail.id, claimed);
      days.set(mailDay(now), count + 1);
      return { kind: 'claimed', attempt: claimed.attempt };
    },

    async noteMailSent({ id, source }, sesId) {
      await turn();
      const stored = mails.get(id);
      if (stored?.source === source) mails.set(id, { ...stored, status: 'sent', sesId });
    },

    async releaseMail(claim) {
      await turn();
      change(claim, ({ uncertain }) => ({ status: 'free', uncertain: uncertain - 1 }));
    },

    async refuseMail(claim, reason) {
      await turn();
      change(claim, ({ uncertain }) => ({ status: 'refused', reason, uncertain: uncertain - 1 }));
    },

    async countMails(at) {
      await turn();
      return days.get(mailDay(at)) ?? 0;
    },
  };
}
