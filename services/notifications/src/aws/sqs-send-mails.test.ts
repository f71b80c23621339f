import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { ALERT_MAIL } from '../mail/testing/mail-room.ts';
import { createSqsSendMails } from './sqs-send-mails.ts';

/** Sends so many messages to a queue, which refuses one if it is told to. */
async function send(count: number, Failed: readonly object[] = []) {
  const calls: SendMessageBatchCommandInput[] = [];
  const client = {
    send: async ({ input }: { readonly input: SendMessageBatchCommandInput }) => {
      calls.push(input);
      return { Failed };
    },
  } as unknown as SQSClient;
  const messages = Array.from({ length: count }, () => ALERT_MAIL);
  const sending = createSqsSendMails({ client, queueUrl: 'q' })(messages);
  return { calls, error: await sending.catch(({ message }: Error) => message) };
}

describe('the queue of mails', () => {
  it('takes ten messages at once', async () => {
    const { calls } = await send(12);
    expect(calls.map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).to.deep.equal([
      ['q', 10],
      ['q', 2],
    ]);
    expect(JSON.parse(calls[1]?.Entries?.[0]?.MessageBody ?? '')).to.deep.equal(ALERT_MAIL);
  });

  it('is an error if one was not taken', async () => {
    const { error } = await send(1, [{ Code: 'InternalError', Message: 'again' }]);
    expect(error).to.equal('SQS did not take 1 mails: InternalError: again');
  });
});
