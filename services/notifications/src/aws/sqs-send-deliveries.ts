import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import {
  type Lane,
  type QueuedDelivery,
  type SendDeliveries,
  writeDeliveryMessage,
} from '../queues/delivery-message.ts';

/** SQS takes no more at once. */
const MAX_ENTRIES = 10;

export interface LaneQueues {
  readonly client: SQSClient;
  readonly queueUrls: Readonly<Record<Lane, string>>;
}

/** Sends messages to the two queues. Throws if one of them was not taken. */
export function createSqsSendDeliveries({ client, queueUrls }: LaneQueues): SendDeliveries {
  const sendPage = async (lane: Lane, page: readonly QueuedDelivery[]) => {
    const entries = page.map((delivery, i) => ({
      ...{ Id: String(i), MessageBody: writeDeliveryMessage(delivery), DelaySeconds: delivery.delaySeconds },
    }));
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrls[lane], Entries: entries });
    const { Failed = [] } = await client.send(command);
    const [failed] = Failed;
    if (failed) throw new Error(`SQS did not take ${Failed.length} webhooks: ${failed.Code}: ${failed.Message}`);
  };
  return async (deliveries) => {
    const pages = (['fast', 'slow'] as const).flatMap((lane) => {
      const own = deliveries.filter((delivery) => delivery.lane === lane);
      const count = Math.ceil(own.length / MAX_ENTRIES);
      return Array.from({ length: count }, (_, at) => {
        return { lane, page: own.slice(at * MAX_ENTRIES, (at + 1) * MAX_ENTRIES) };
      });
    });
    await Promise.all(pages.map(({ lane, page }) => sendPage(lane, page)));
  };
}
