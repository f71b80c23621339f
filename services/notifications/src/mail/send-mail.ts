import type { MailOutcome } from '@weir/alerts';
import { addressIdOf } from '@weir/dynamodb/addresses';
import { judgeClaim, type NotClaimed } from '@weir/dynamodb/mails';
import { addHeaders, unsubscribeToken } from '@weir/mail';
import type { MailDeps, PostResult } from './mail-deps.ts';
import { type PreparedMail, prepareAlert, prepareReport, type Unwanted } from './prepare-mail.ts';
import type { MailMessage } from './queue/mail-message.ts';

/** What came of a message. `busy`: another process has the mail, so the message must come again. */
export type Mailed = 'sent' | 'refused-now' | NotClaimed | Unwanted;

/** What a firing says of its mails. A mail that is busy comes again; one that is unwanted has no rule or no address. */
const OUTCOMES: Partial<Record<Mailed, MailOutcome>> = {
  ...{ sent: 'sent', capped: 'capped', quiet: 'quiet', ended: 'ended', spent: 'uncertain', stale: 'stale' },
  ...{ 'refused-now': 'refused', refused: 'refused', unmailable: 'refused' },
};

/**
 * Sends a mail unless it was sent, or nobody wants it any more, and notes in a firing what came of it. Throws if the
 * message must come again.
 */
export async function sendMail(deps: MailDeps, message: MailMessage): Promise<Mailed> {
  const mailed = await trySending(deps, message);
  const outcome = OUTCOMES[mailed];
  if (message.kind === 'alert' && outcome) {
    const { alertId, bucketStart, to } = message;
    await deps.alerts.noteMail(alertId, bucketStart, { addressId: addressIdOf(to), outcome });
  }
  return mailed;
}

/** It is composed first and claimed last, so that hardly anything can fail between the claim and SES. */
async function trySending(deps: MailDeps, message: MailMessage): Promise<Mailed> {
  const prepared = await (message.kind === 'alert' ? prepareAlert(deps, message) : prepareReport(deps, message));
  if (typeof prepared === 'string') return prepared;
  const { mails, now, cap } = deps;
  const { wanted } = prepared;
  // A picture is not drawn for a mail that is not sent.
  const verdict = judgeClaim(await mails.findMail(wanted.id), wanted, now());
  if (verdict !== 'free') return verdict;
  const mime = await compose(deps, prepared);
  if (!mime) return 'unwanted';
  const claim = await mails.claimMail(wanted, { now: now(), cap });
  if (claim.kind !== 'claimed') return claim.kind;
  const result = await deps.post({ to: prepared.to.address, mime });
  return settle(deps, { prepared, attempt: claim.attempt }, result);
}

async function compose(deps: MailDeps, { to, wanted, composeMime }: PreparedMail): Promise<Uint8Array | undefined> {
  const { from, apiUrl, now } = deps;
  const token = unsubscribeToken({ addressId: to.id, secret: to.secret });
  const unsubscribeUrl = `${apiUrl}/v1/unsubscribe/${token}`;
  const mime = await composeMime(unsubscribeUrl);
  // On AWS, SES puts its own id in place of this one, and its own date.
  const messageId = `${wanted.id}.${wanted.at}@${from.slice(from.lastIndexOf('@') + 1)}`;
  return mime && addHeaders(mime, { from, to: to.address, date: now(), messageId, unsubscribeUrl });
}

interface MadeClaim {
  readonly prepared: PreparedMail;
  readonly attempt: number;
}

async function settle(
  { mails }: MailDeps,
  { prepared: { wanted }, attempt }: MadeClaim,
  result: PostResult,
): Promise<Mailed> {
  const claim = { id: wanted.id, attempt };
  switch (result.kind) {
    case 'sent':
      await mails.noteMailSent(wanted, result.sesId);
      return 'sent';
    case 'refused':
      await mails.refuseMail(claim, result.reason);
      return 'refused-now';
    case 'unsent':
      await mails.releaseMail(claim);
      throw result.error;
    default:
      // The claim stays: when its lease has ended, the mail is sent once more.
      throw result.error;
  }
}
