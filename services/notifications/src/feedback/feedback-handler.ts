import { type AddressesStore, addressIdOf } from '@weir/dynamodb/addresses';
import type { Telemetry } from '@weir/logging';
import type { Context, SNSEvent } from 'aws-lambda';
import { type Feedback, readFeedback } from './read-feedback.ts';

const METRICS = { bounce: 'MailsBounced', complaint: 'MailsComplained' } as const;

export interface FeedbackDeps {
  readonly addresses: Pick<AddressesStore, 'endAddress'>;
  readonly now: () => number;
}

/**
 * The Lambda handler of the topic on which SES tells of bounces and complaints. It ends addresses. An event may come
 * twice, and late: what has ended stays as it is. If it throws, Lambda calls it again.
 */
export function createFeedbackHandler({ observe, log, meter }: Telemetry, { addresses, now }: FeedbackDeps) {
  const endAddress = async ({ address, status, reason }: Feedback) => {
    const addressId = addressIdOf(address);
    const isEnded = await addresses.endAddress(addressId, { status, reason, at: now() });
    if (isEnded) log.warn('An address gets no more mail', { addressId, status });
  };
  return ({ Records }: SNSEvent, context: Context): Promise<void> =>
    observe({ context, annotations: { batchSize: Records.length } }, async () => {
      for (const { Sns } of Records) {
        const { kind, ended } = readFeedback(Sns.Message);
        if (kind !== 'other') meter.count(METRICS[kind]);
        for (const feedback of ended) await endAddress(feedback);
      }
    });
}
