import { GetQueueUrlCommand, QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ClientConfig } from '@weir/local/client-config';
import { NOT_READY, NOT_RUNNING } from '../commands/call-function.ts';
import type { OpenNotificationQueues, OpenQueues } from '../commands/run-redrive.ts';
import type { DeadMessages } from '../redrive/redrive-notifications.ts';
import { createSqsDeadLetters } from './sqs-dead-letters.ts';

/** Opens the queues of a stage's jobs. */
export function createOpenQueues(config: ClientConfig): OpenQueues {
  return (stage) =>
    opened(config, stage, 'report-parts', async (sqs, urlOf) => ({
      parts: createSqsDeadLetters(sqs, await urlOf('report-parts-dead-letters')),
      records: createSqsDeadLetters(sqs, await urlOf('report-jobs-dead-letters')),
      send: sendTo(sqs, await urlOf('report-parts')),
    }));
}

/** Opens the queues of a stage's notifications. */
export function createOpenNotificationQueues(config: ClientConfig): OpenNotificationQueues {
  return (stage) =>
    opened(config, stage, 'webhooks', async (sqs, urlOf) => ({
      deliveries: await deadMessages(sqs, urlOf, 'webhooks'),
      mails: await deadMessages(sqs, urlOf, 'mails'),
      announcements: createSqsDeadLetters(sqs, await urlOf('dispatch-dead-letters')),
      feedback: createSqsDeadLetters(sqs, await urlOf('feedback-dead-letters')),
    }));
}

type UrlOf = (name: string) => Promise<string>;

async function deadMessages(sqs: SQSClient, urlOf: UrlOf, name: string): Promise<DeadMessages> {
  return {
    letters: createSqsDeadLetters(sqs, await urlOf(`${name}-dead-letters`)),
    send: sendTo(sqs, await urlOf(name)),
  };
}

// biome-ignore lint/complexity/useMaxParams: a stage, the first words of its queues' names, and what to open
async function opened<T>(
  config: ClientConfig,
  stage: string,
  name: string,
  open: (sqs: SQSClient, urlOf: UrlOf) => Promise<T>,
): Promise<T | string> {
  const sqs = new SQSClient(config);
  try {
    return await open(sqs, async (queue) => {
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: `weir-${stage}-${queue}` }));
      return QueueUrl;
    });
  } catch (error) {
    if (stage === 'local') return error instanceof QueueDoesNotExist ? NOT_READY : NOT_RUNNING;
    if (!(error instanceof QueueDoesNotExist)) return `AWS cannot be reached: ${(error as Error).message}.`;
    return `There are no queues weir-${stage}-${name}… in this account and region: is the stage deployed there?`;
  }
}

const sendTo = (sqs: SQSClient, QueueUrl: string) => async (MessageBody: string) =>
  void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })));
