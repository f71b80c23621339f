import { type AddressesStore, addressIdOf } from '@weir/dynamodb/addresses';
import type { MailType } from '@weir/mail';
import type { TableChange } from '../../dispatch/dispatch-change.ts';
import type { MailMessage, SendMailMessages } from './mail-message.ts';

const REPORT_READY: MailType = 'report.ready';

/** What the dispatcher needs to have mails sent. */
export interface AnnounceMailsDeps {
  readonly addresses: Pick<AddressesStore, 'listReceivers'>;
  readonly sendMails: SendMailMessages;
}

/**
 * Has a firing that is told mailed to each address that its rule names. Nobody is mailed of other changes. It may be
 * called again: one mail is sent.
 */
export async function announceChange(
  { sendMails }: Pick<AnnounceMailsDeps, 'sendMails'>,
  change: TableChange,
): Promise<void> {
  if (change.kind !== 'firing') return;
  const { before, after } = change;
  if (!after.notified || before?.notified) return;
  // Two ways to write an address are one.
  const byId = new Map(
    after.rule.channels.flatMap((channel) =>
      channel.type === 'email' ? [[addressIdOf(channel.to), channel.to] as const] : [],
    ),
  );
  const { alertId, bucket } = after;
  const messages = [...byId.values()].map((to): MailMessage => {
    return { kind: 'alert', alertId, bucketStart: bucket.start, to };
  });
  if (messages.length > 0) await sendMails(messages);
}

/** Has a report that is ready mailed to each address that asked for reports. Throws if the text announces none. */
export async function announceReportMails(
  { addresses, sendMails }: AnnounceMailsDeps,
  announcement: string,
): Promise<void> {
  const report = readAnnouncedMail(announcement);
  const receivers = await addresses.listReceivers(REPORT_READY);
  const messages = receivers.map(({ id }): MailMessage => ({ kind: 'report', addressId: id, ...report }));
  if (messages.length > 0) await sendMails(messages);
}

interface Announced {
  readonly id: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly files: { readonly mail: string };
}

function readAnnouncedMail(text: string) {
  const { id, revision, createdAt, files } = JSON.parse(text) as Partial<Announced>;
  const at = Date.parse(createdAt ?? '');
  const isNamed = typeof id === 'string' && typeof files?.mail === 'string' && Number.isSafeInteger(revision);
  if (!isNamed || Number.isNaN(at)) throw new Error(`this announces no report: ${text}`);
  return { reportId: id, revision: Number(revision), createdAt: at, file: files.mail };
}
