/** So often a mail may be sent without anybody knowing whether it was: once, and once more after a crash. */
export const MAX_UNCERTAIN = 2;

/** A process that claimed a mail has so long to send it. Longer than the time-out of the function that sends. */
export const MAIL_LEASE_MS = 2 * 60_000;

/** The table forgets a claim after this time: later than the longest quiet time, and than any message that comes again. */
export const CLAIM_KEPT_MS = 45 * 24 * 60 * 60_000;

/** A mail that is to be sent. Times are epoch milliseconds. */
export interface WantedMail {
  /** Of all mails of which one is sent in a quiet time: those of a rule, or of a report, to an address. */
  readonly id: string;
  /** What it tells: a firing, or a report. */
  readonly source: string;
  /** When that happened. */
  readonly at: number;
  /** No other source of the same id is told until so long after `at`, nor at `at`. */
  readonly quietMs: number;
}

/** The last mail of an id. */
export interface StoredMail extends Pick<WantedMail, 'id' | 'source' | 'at'> {
  /** `free`: claimed before, and known not to be sent. `refused`: it never will be. */
  readonly status: 'claimed' | 'free' | 'sent' | 'refused';
  /** Grows with each claim, whatever its source. */
  readonly attempt: number;
  /** Claims of this source of which nobody knows that they sent nothing. */
  readonly uncertain: number;
  /** When the source happened that may have been mailed before this one: it keeps its quiet time while this one is unsent. */
  readonly toldAt?: number | undefined;
  /** Until when the process that claimed it may send it. */
  readonly leaseUntil: number;
  /** What SES calls it, once it is sent. */
  readonly sesId?: string | undefined;
  /** Why it is refused. */
  readonly reason?: string | undefined;
}

/** Why a mail is not claimed. Only `busy` may change by itself. */
export type NotClaimed =
  /** It was sent, or refused. */
  | 'sent'
  | 'refused'
  /** Another one of its id was sent so shortly before, or after, that this one is left out. */
  | 'quiet'
  /** Another process has it. */
  | 'busy'
  /** It may have been sent twice: after two crashes nobody tries again. */
  | 'spent'
  /** The stage has had its mails of the day. */
  | 'capped';

export type Claim = { readonly kind: 'claimed'; readonly attempt: number } | { readonly kind: NotClaimed };

/** A claim that was made. */
export type ClaimRef = Pick<StoredMail, 'id' | 'attempt'>;

/**
 * Claims of mails. SES sends a mail as often as it is asked to, so each is claimed before. A claim and its place in the
 * day's number are one transaction.
 */
export interface MailsStore {
  findMail(id: string): Promise<StoredMail | undefined>;
  /** `cap` is the most mails of a day of UTC, at least 1. Each claim counts, also one that is released. */
  claimMail(mail: WantedMail, limits: { readonly now: number; readonly cap: number }): Promise<Claim>;
  /** Notes that a mail of this source was sent, whoever sent it. */
  noteMailSent(mail: Pick<StoredMail, 'id' | 'source'>, sesId: string): Promise<void>;
  /** Frees a claim that certainly sent nothing. Nothing happens if another process has claimed it since. */
  releaseMail(claim: ClaimRef): Promise<void>;
  /** Notes that SES will never take a mail. Nothing happens if another process has claimed it since. */
  refuseMail(claim: ClaimRef, reason: string): Promise<void>;
  /** The number of claims of the day that holds this time. */
  countMails(at: number): Promise<number>;
}
