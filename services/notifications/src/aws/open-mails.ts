import { SQSClient } from '@aws-sdk/client-sqs';
import { text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import type { AnnounceMailsDeps } from '../mail/queue/announce-mails.ts';
import { createSqsSendMails } from './sqs-send-mails.ts';

/** The environment of the function that has mails sent. */
export const mailFields = {
  mailsQueueUrl: text('WEIR_MAILS_QUEUE_URL'),
  /** Empty: the stage sends no mail. */
  mailDomain: text('WEIR_MAIL_DOMAIN', { fallback: '' }),
};

interface MailsConfig {
  readonly notificationsTable: string;
  readonly mailsQueueUrl: string;
  readonly mailDomain: string;
}

/** Opens the queue of mails, once for each process. A stage without a domain has no receivers, and sends nothing. */
export function openMails({ notificationsTable, mailsQueueUrl, mailDomain }: MailsConfig): AnnounceMailsDeps {
  if (mailDomain === '') return { addresses: { listReceivers: async () => [] }, sendMails: async () => undefined };
  return {
    addresses: createDynamoAddressesStore({ client: createDynamoDbClient(), tableName: notificationsTable }),
    sendMails: createSqsSendMails({ client: new SQSClient({}), queueUrl: mailsQueueUrl }),
  };
}
