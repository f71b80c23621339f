import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import type { QueuedDelivery } from '../queues/delivery-message.ts';
import { createSqsSendDeliveries } from './sqs-send-deliveries.ts';

/** Sends to queues, one of which refuses a message. */
async function send(deliveries: readonly QueuedDelivery[], refused?: string) {
  const calls: SendMessageBatchCommandInput[] = [];
  const client = {
    send: async ({ input }: { readonly input: SendMessageBatchCommandInput }) => {
      calls.push(input);
      const isRefused = input.Entries?.some(({ MessageBody }) => MessageBody?.includes(refused ?? '?'));
      return { Failed: isRefused ? [{ Code: 'InternalError', Message: 'again' }] : [] };
    },
  } as unknown as SQSClient;
  const answer = await createSqsSendDeliveries({ client, queueUrls: { fast: 'f', slow: 's' } })(deliveries).catch(
    ({ message }: Error) => message,
  );
  return { answer, calls };
}

const deliveryOf = (number: number, lane: 'fast' | 'slow' = 'fast') => {
  return { endpointId: 'w1', messageId: `msg_${number}`, attempt: 2, lane };
};

describe('the queues of webhooks', () => {
  it('take ten messages at once, each lane its own, with their delays', async () => {
    const fast = Array.from({ length: 12 }, (_, number) => deliveryOf(number));
    const { calls } = await send([...fast, { ...deliveryOf(99, 'slow'), delaySeconds: 5 }]);
    expect(calls.map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).to.deep.equal([
      ['f', 10],
      ['f', 2],
      ['s', 1],
    ]);
    expect(calls[2]?.Entries).to.deep.equal([
      { Id: '0', MessageBody: '{"endpointId":"w1","messageId":"msg_99","attempt":2}', DelaySeconds: 5 },
    ]);
  });

  it('are an error if one message was not taken', async () => {
    const { answer } = await send([deliveryOf(1), deliveryOf(2, 'slow')], 'msg_2');
    expect(answer).to.equal('SQS did not take 1 webhooks: InternalError: again');
  });
});
