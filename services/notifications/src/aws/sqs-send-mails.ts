import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type MailMessage, type SendMailMessages, writeMailMessage } from '../mail/queue/mail-message.ts';

/** SQS takes no more at once. */
const MAX_ENTRIES = 10;

/** Sends messages to the queue of mails, a page after the other. Throws if one of them was not taken. */
export function createSqsSendMails({
  client,
  queueUrl: QueueUrl,
}: {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
}): SendMailMessages {
  const sendPage = async (page: readonly MailMessage[]) => {
    const Entries = page.map((message, at) => ({ Id: String(at), MessageBody: writeMailMessage(message) }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const [failed] = Failed;
    if (failed) throw new Error(`SQS did not take ${Failed.length} mails: ${failed.Code}: ${failed.Message}`);
  };
  return async (messages) => {
    for (let at = 0; at < messages.length; at += MAX_ENTRIES) await sendPage(messages.slice(at, at + MAX_ENTRIES));
  };
}
