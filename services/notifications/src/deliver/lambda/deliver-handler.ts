import { batchOutcome, type Logger, type Meter, type Telemetry } from '@weir/logging';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type DeliveryMessage, type Lane, readDeliveryMessage } from '../../queues/delivery-message.ts';
import type { Delivered } from '../deliver-message.ts';

export interface DeliverHandlerDeps {
  readonly deliver: (message: DeliveryMessage, lane: Lane) => Promise<Delivered>;
  /** The queue whose name ends so is the slow one. */
  readonly slowQueueArn: string;
}

/** The Lambda handler of both queues: all of a batch is attempted at the same time. */
export function createDeliverHandler(telemetry: Telemetry, { deliver, slowQueueArn }: DeliverHandlerDeps) {
  const { log, meter } = telemetry;
  // A batch is of one queue.
  const laneOf = (record: SQSRecord | undefined): Lane => (record?.eventSourceARN === slowQueueArn ? 'slow' : 'fast');
  return ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const annotations = { lane: laneOf(Records[0]), batchSize: Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      const failed = await Promise.all(
        Records.map(async (record) => {
          const lane = laneOf(record);
          const isDone = await attempt(record, (message) => deliver(message, lane), { log, meter });
          return isDone ? [] : [{ itemIdentifier: record.messageId }];
        }),
      );
      return { batchItemFailures: failed.flat() };
    });
  };
}

/** A failure is one of Weir, not of the endpoint: the message comes again, and in the end from the clock. */
async function attempt(
  { body }: SQSRecord,
  deliver: (message: DeliveryMessage) => Promise<Delivered>,
  { log, meter }: { readonly log: Logger; readonly meter: Meter },
): Promise<boolean> {
  try {
    const delivered = await deliver(readDeliveryMessage(body));
    if (delivered === 'attempted') meter.count('WebhooksAttempted');
    return true;
  } catch (error) {
    meter.count('WebhooksFailedToTry');
    log.error('A webhook could not be attempted', { body, error });
    return false;
  }
}
