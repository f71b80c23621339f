import { createHash } from 'node:crypto';
import type { Alert } from '@weir/alerts';
import { type Address, addressIdOf } from '@weir/dynamodb/addresses';
import { CLAIM_KEPT_MS, type WantedMail } from '@weir/dynamodb/mails';
import { fillUnsubscribe, isMailAddress, MAIL_TYPES, makeUnsubscribeSecret } from '@weir/mail';
import type { MailDeps } from './mail-deps.ts';
import type { AlertMailMessage, ReportMailMessage } from './queue/mail-message.ts';

/** A firing that is older is no longer news: after an outage nobody gets the alerts of a week. */
export const MAX_FIRING_AGE_MS = 24 * 60 * 60_000;

const [REPORT_READY] = MAIL_TYPES;

/** Why a mail is not even tried. */
export type Unwanted =
  /** The rule, its channel, the firing, the report or the address is gone, or the address asked for nothing. */
  | 'unwanted'
  /** The address has ended: unsubscribed, bounced, complained, or erased. */
  | 'ended'
  /** SES can send nothing to an address of this form. */
  | 'unmailable'
  | 'stale';

/** An address that mail goes to. */
export type Receiver = Pick<Address, 'id'> & { readonly address: string; readonly secret: string };

/** A mail that may be claimed, composed and sent. */
export interface PreparedMail {
  readonly to: Receiver;
  readonly wanted: WantedMail;
  /** Undefined if what it tells is no longer there. */
  readonly composeMime: (unsubscribeUrl: string) => Promise<Uint8Array | undefined>;
}

/** One mail of a rule to an address in the rule's cool-down. */
export async function prepareAlert(
  deps: MailDeps,
  { alertId, bucketStart, to }: AlertMailMessage,
): Promise<PreparedMail | Unwanted> {
  if (!isMailAddress(to)) return 'unmailable';
  const alert = await deps.alerts.find(alertId);
  const firing = alert && names(alert, to) ? await deps.alerts.findFiring(alertId, bucketStart) : undefined;
  if (!alert || !firing) return 'unwanted';
  const at = firing.toldAt ?? firing.firedAt;
  if (at < deps.now() - MAX_FIRING_AGE_MS) return 'stale';
  const receiver = await addReceiver(deps, to);
  if (!receiver) return 'ended';
  const wanted = {
    ...{ id: mailIdOf('alert', alertId, receiver.id), source: firing.id, at },
    quietMs: alert.cooldownSeconds * 1000,
  };
  return { to: receiver, wanted, composeMime: (unsubscribeUrl) => deps.composeAlert(firing, unsubscribeUrl) };
}

/** One mail of a report to an address: its first revision that was announced. */
export async function prepareReport(
  deps: MailDeps,
  { addressId, reportId, revision, createdAt, file }: ReportMailMessage,
): Promise<PreparedMail | Unwanted> {
  const address = await deps.addresses.findAddress(addressId);
  if (!address) return 'unwanted';
  const to = receiverOf(address);
  if (!to) return 'ended';
  if (!address.receives.includes(REPORT_READY)) return 'unwanted';
  const source = `${reportId} r${revision}`;
  const wanted = { id: mailIdOf('report', reportId, addressId), source, at: createdAt, quietMs: CLAIM_KEPT_MS };
  return { to, wanted, composeMime: readFor(deps, file) };
}

/** The same mail for all, with the link of one reader. */
function readFor({ readReport }: MailDeps, file: string): PreparedMail['composeMime'] {
  return async (unsubscribeUrl) => {
    const mime = await readReport(file);
    return mime && fillUnsubscribe(mime, unsubscribeUrl);
  };
}

function names({ channels }: Alert, to: string): boolean {
  const id = addressIdOf(to);
  return channels.some((channel) => channel.type === 'email' && addressIdOf(channel.to) === id);
}

/** An address that a rule names is added, so that its reader can end the mails, and the API shows who gets any. */
async function addReceiver({ addresses, random, now }: MailDeps, address: string): Promise<Receiver | undefined> {
  const id = addressIdOf(address);
  const secret = makeUnsubscribeSecret(random());
  const isThere = await addresses.findAddress(id);
  if (!isThere) {
    await addresses.addAddress({ id, address, receives: [], secret, createdAt: now() }, Number.POSITIVE_INFINITY);
  }
  // Another process may have added it.
  const stored = isThere ?? (await addresses.findAddress(id));
  return stored && receiverOf(stored);
}

function receiverOf({ id, address, secret, status }: Address): Receiver | undefined {
  if (status !== 'active' || address === undefined || secret === undefined) return undefined;
  return { id, address, secret };
}

/** Letters and digits: a part of `Message-ID` too. */
function mailIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
