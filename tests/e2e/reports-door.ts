import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { createLambdaInvoke } from '@weir/ops/src/aws/lambda-invoke.ts';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** A message on the topic `report-ready`. */
export interface Announced {
  readonly id: string;
  readonly deduplicationId: string;
}

/** The functions of the service reports, called as `npm run ops` does, and the rows that they read. */
export function createReportsDoor(local: Local) {
  const invokeFunction = (name: string, event: object) => createLambdaInvoke(awsClient(local))(name, event);

  const client = new DynamoDBClient(awsClient(local));
  const metricsStore = createDynamoMetricsStore({ client, tableName: 'weir-local-metrics' });

  /** Makes the report of a day in UTC that has ended, and gives the function's answer. */
  const makeReport = async (date: string): Promise<{ readonly outcome: string; readonly id?: string }> => {
    const invoked = await invokeFunction('weir-reports-local-daily', { date });
    if (invoked.kind !== 'returned') throw new Error(JSON.stringify(invoked));
    return invoked.answer as { outcome: string; id?: string };
  };

  /** Stores the audit of a day in UTC that found nothing. */
  const putAudit = async (date: string): Promise<void> => {
    const access = { client: new DynamoDBClient(awsClient(local)), tableName: 'weir-local-reports' };
    const [from, auditedAt] = [Date.parse(date), Date.now()];
    await createDynamoAuditsStore(access).put({
      ...{ date, timeZone: 'UTC', from, to: from + 86_400_000, asOf: auditedAt, heads: {}, auditedAt },
      ...{ status: 'clean', drift: 0, missingObjects: [], buckets: [], file: `audits/${date}/none.json` },
    });
    access.client.destroy();
  };

  /** Listens to the announcements of reports from now on; the result gives those that have come since the last call. */
  const hearReports = async (): Promise<() => Promise<Announced[]>> => {
    const [sns, sqs] = [new SNSClient(awsClient(local)), new SQSClient(awsClient(local))];
    const QueueName = 'heard-reports';
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const arn = (service: string, name: string) => `arn:aws:${service}:${local.region}:${local.accountId}:${name}`;
    const TopicArn = arn('sns', 'weir-local-report-ready');
    const Attributes = { RawMessageDelivery: 'true' };
    const subscription = { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', QueueName), Attributes };
    await sns.send(new SubscribeCommand(subscription));
    return async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = '{}' }) => JSON.parse(Body) as Announced);
    };
  };

  return { invokeFunction, metricsStore, makeReport, putAudit, hearReports };
}
