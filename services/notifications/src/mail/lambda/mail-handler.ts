import { batchOutcome, type Telemetry } from '@weir/logging';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type MailMessage, readMailMessage } from '../queue/mail-message.ts';
import type { Mailed } from '../send-mail.ts';

/** Outcomes that operators count. The others are ordinary. */
const METRICS: Partial<Record<Mailed, string>> = {
  sent: 'MailsSent',
  capped: 'MailsCapped',
  'refused-now': 'MailsRefused',
  spent: 'MailsSpent',
};

/**
 * The Lambda handler of the queue of mails. It sends one mail after the other, as SES takes a few a second. It gives back
 * the messages that must come again.
 */
export function createMailHandler(telemetry: Telemetry, send: (message: MailMessage) => Promise<Mailed>) {
  return ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const annotations = { batchSize: Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      const batchItemFailures: { itemIdentifier: string }[] = [];
      for (const record of Records) {
        if (!(await sendRecord(telemetry, record, send))) batchItemFailures.push({ itemIdentifier: record.messageId });
      }
      return { batchItemFailures };
    });
  };
}

async function sendRecord(
  { log, meter }: Pick<Telemetry, 'log' | 'meter'>,
  { body, messageId }: SQSRecord,
  send: (message: MailMessage) => Promise<Mailed>,
): Promise<boolean> {
  try {
    const mailed = await send(readMailMessage(body));
    const metric = METRICS[mailed];
    if (metric !== undefined) meter.count(metric);
    if (metric !== undefined && mailed !== 'sent') log.warn('A mail was not sent', { messageId, mailed });
    else log.info('Worked on a mail', { messageId, mailed });
    return mailed !== 'busy';
  } catch (error) {
    // The body holds an address, which no log should have.
    meter.count('MailsFailed');
    log.error('A mail could not be sent; it will be tried again', { messageId, error });
    return false;
  }
}
