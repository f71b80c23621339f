import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Announce } from '../daily/revisions/report-announcement.ts';

/** Publishes announcements on an SNS topic. Receivers can filter by `kind`. */
export function createSnsAnnounce({ client, topicArn: TopicArn }: { client: SNSClient; topicArn: string }): Announce {
  return async (announcement) => {
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    await client.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify(announcement),
        MessageAttributes: {
          kind: attribute(announcement.kind),
          deduplicationId: attribute(announcement.deduplicationId),
        },
      }),
    );
  };
}
