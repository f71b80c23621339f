import { SNSClient } from '@aws-sdk/client-sns';
import type { Announce } from '../daily/revisions/report-announcement.ts';
import { createSnsAnnounce } from './sns-announce.ts';

export interface AnnounceOptions {
  readonly topicArn: string;
  readonly traceClient: (client: SNSClient) => SNSClient;
}

/** Announces on a topic with a client of its own. A run that makes no report loads none of this. */
export function openAnnounce({ topicArn, traceClient }: AnnounceOptions): Announce {
  return createSnsAnnounce({ client: traceClient(new SNSClient({})), topicArn });
}
