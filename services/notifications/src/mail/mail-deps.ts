import type { Firing } from '@weir/alerts';
import type { AddressesStore } from '@weir/dynamodb/addresses';
import type { AlertsStore } from '@weir/dynamodb/alerts';
import type { MailsStore } from '@weir/dynamodb/mails';

/** A mail for SES: the whole MIME, and its one receiver. */
export interface PostedMail {
  readonly to: string;
  readonly mime: Uint8Array;
}

/** What came of a call of SES. */
export type PostResult =
  | { readonly kind: 'sent'; readonly sesId: string }
  /** It certainly was not sent, and may be later. */
  | { readonly kind: 'unsent'; readonly error: unknown }
  /** SES will never send it. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The answer was lost, or came too late: nobody knows whether it was sent. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/** Asks SES once. It never rejects. */
export type PostMail = (mail: PostedMail) => Promise<PostResult>;

/** What the function that sends mails needs. */
export interface MailDeps {
  readonly addresses: Pick<AddressesStore, 'addAddress' | 'findAddress'>;
  readonly alerts: Pick<AlertsStore, 'find' | 'findFiring' | 'noteMail'>;
  readonly mails: Pick<MailsStore, 'findMail' | 'claimMail' | 'noteMailSent' | 'releaseMail' | 'refuseMail'>;
  /** The MIME of a report's mail, by its key; undefined if it is no longer there. */
  readonly readReport: (file: string) => Promise<Uint8Array | undefined>;
  /** The MIME of the mail about a firing. */
  readonly composeAlert: (firing: Firing, unsubscribeUrl: string) => Promise<Uint8Array>;
  readonly post: PostMail;
  /** The sender's address. */
  readonly from: string;
  /** Where the API is, without `/v1`. */
  readonly apiUrl: string;
  /** The most mails of a day of UTC. */
  readonly cap: number;
  /** Random bytes that are good enough for a secret to unsubscribe. */
  readonly random: () => Uint8Array;
  readonly now: () => number;
}
