import { GetQueueUrlCommand, QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OpenQueues } from '../commands/run-redrive.ts';
import { createSqsDeadLetters } from './sqs-dead-letters.ts';
import type { StageConfig } from './stage-config.ts';

/** Opens the queues of a stage's jobs. */
export function createOpenQueues(config: StageConfig): OpenQueues {
  return async (stage) => {
    const sqs = new SQSClient(config);
    const urlOf = async (name: string): Promise<string> => {
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: `weir-${stage}-${name}` }));
      return QueueUrl;
    };
    try {
      const QueueUrl = await urlOf('report-parts');
      return {
        parts: createSqsDeadLetters(sqs, await urlOf('report-parts-dead-letters')),
        records: createSqsDeadLetters(sqs, await urlOf('report-jobs-dead-letters')),
        send: async (MessageBody) => void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))),
      };
    } catch (error) {
      if (!(error instanceof QueueDoesNotExist)) return `AWS cannot be reached: ${(error as Error).message}.`;
      return `There are no queues weir-${stage}-report-parts… in this account and region: is the stage deployed there?`;
    }
  };
}
