import type { Firing } from '@weir/alerts';
import { UNSUBSCRIBE_PLACE } from '@weir/charts/mail/unsubscribe-place';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { createMemoryMailsStore } from '@weir/dynamodb/mails/memory';
import { UNSUBSCRIBE_SECRET_BYTES } from '@weir/mail';
import { sampleFiring } from '@weir/mail/testing';
import type { MailDeps, PostedMail, PostResult } from '../mail-deps.ts';
import type { AlertMailMessage, ReportMailMessage } from '../queue/mail-message.ts';
import { sendMail } from '../send-mail.ts';
import { sampleAlert } from './sample-alert.ts';

export const ALERT_MAIL: AlertMailMessage = {
  ...{ kind: 'alert', alertId: 'al_1', bucketStart: sampleFiring().bucket.start, to: 'zoe@shop.example' },
};

export const REPORT_MAIL: ReportMailMessage = {
  ...{ kind: 'report', addressId: 'ad_1', reportId: 'daily-2026-01-19', revision: 1 },
  ...{ createdAt: sampleFiring().firedAt, file: 'r1/mail.eml' },
};

/** Everything that sends mails, in memory, with a clock that is moved by hand, and a rule that fired. */
export async function createMailRoom(answer: () => PostResult = () => ({ kind: 'sent', sesId: 'ses-1' })) {
  const clock = { now: sampleFiring().firedAt };
  const now = () => clock.now;
  const posted: PostedMail[] = [];
  const [addresses, alerts, mails] = [
    createMemoryAddressesStore(),
    new MemoryAlertsStore(),
    createMemoryMailsStore(),
  ] as const;
  const deps = {
    ...{ addresses, alerts, mails, now, cap: 100, from: 'weir@mail.example', apiUrl: 'https://api.example' },
    readReport: async (file: string) =>
      file === 'gone' ? undefined : Buffer.from(`Subject: ${file}\r\n\r\n${UNSUBSCRIBE_PLACE}\r\n`),
    composeAlert: async ({ id }: Firing) => Buffer.from(`Subject: ${id}\r\n\r\nText\r\n`),
    post: async (mail: PostedMail) => {
      const result = answer();
      if (result.kind !== 'unsent' && result.kind !== 'refused') posted.push(mail);
      return result;
    },
    random: () => Buffer.alloc(UNSUBSCRIBE_SECRET_BYTES, 7),
  } satisfies MailDeps;
  const fire = async (start = sampleFiring().bucket.start) => {
    const bucket = { ...sampleFiring().bucket, start, end: start + 60_000 };
    const alert = await alerts.find('al_1');
    const version = alert?.state.version ?? 0;
    await alerts.fire(sampleFiring({ bucket }), { revision: 1, version, to: { version: version + 1 } });
    return { ...ALERT_MAIL, bucketStart: start };
  };
  await alerts.create(sampleAlert());
  await fire();
  const send = (message: Parameters<typeof sendMail>[1] = ALERT_MAIL) => sendMail(deps, message);
  const texts = () => posted.map(({ mime }) => Buffer.from(mime).toString('latin1'));
  return { clock, addresses, alerts, mails, deps, posted, fire, send, texts };
}
