import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type PartMessage, writePartMessage } from '../jobs/part-message.ts';

/** SNS takes no more at once. */
const MAX_ENTRIES = 10;

/** Publishes parts of jobs on the topic `report-parts`. Throws if one of them was not taken. */
export function createSnsPublishParts({ client, topicArn }: { client: SNSClient; topicArn: string }) {
  return async (parts: readonly PartMessage[]): Promise<void> => {
    for (let first = 0; first < parts.length; first += MAX_ENTRIES) {
      const page = parts.slice(first, first + MAX_ENTRIES);
      const entries = page.map((part, i) => ({ Id: String(i), Message: writePartMessage(part) }));
      const { Failed = [] } = await client.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }),
      );
      const [failed] = Failed;
      if (failed) throw new Error(`SNS did not take ${Failed.length} parts: ${failed.Code}: ${failed.Message}`);
    }
  };
}
