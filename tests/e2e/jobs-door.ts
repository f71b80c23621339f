import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createDynamoJobsStore, type Job, jobFileKey, makeJobId, type Question } from '@weir/dynamodb/jobs';
import { createLambdaInvoke } from '@weir/ops/src/aws/lambda-invoke.ts';
import { createOpenQueues } from '@weir/ops/src/aws/open-queues.ts';
import { runRedrive } from '@weir/ops/src/commands/run-redrive.ts';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

const TIMEOUT_MS = 120_000;
const LEFT_TIMEOUT_MS = 30_000;
const TABLE = 'weir-local-reports';
const DAY_MS = 86_400_000;

/** A question about whole UTC days. */
export interface AskedDays {
  readonly keyId: string;
  readonly from: number;
  readonly days: number;
  /** What else it asks; without it, a summary of all actions. */
  readonly more?: Partial<Question>;
}

/** The jobs behind the API: their table, their queues and their files. */
export function createJobsDoor(local: Local) {
  const options = awsClient(local);
  const [sqs, s3] = [new SQSClient(options), new S3Client({ ...options, forcePathStyle: true })];
  const client = new DynamoDBClient(options);
  const store = createDynamoJobsStore({ client, tableName: TABLE });
  const Bucket = `weir-local-reports-${local.accountId}`;
  const urlOf = (queue: string) => `${local.awsUrl}/${local.accountId}/weir-local-${queue}`;
  const invoke = createLambdaInvoke(options);

  return {
    store,

    /** Writes a job as the API does, and gives its id; undefined if the key has too many. */
    ask: async ({ keyId, from, days, more = {} }: AskedDays): Promise<string | undefined> => {
      const createdAt = Date.now();
      const to = from + days * DAY_MS;
      const question: Question = { kind: 'summary', from, to, timeZone: 'UTC', actions: undefined, ...more };
      const id = makeJobId(question.kind, createdAt, randomBytes(10));
      return (await store.create({ id, question, keyId, createdAt })) === 'created' ? id : undefined;
    },

    /** Waits until a job is as the test wants it. */
    until: async (id: string, isRight: (job: Job) => boolean): Promise<Job> => {
      const deadline = performance.now() + TIMEOUT_MS;
      for (;;) {
        const job = await store.find(id);
        if (job && isRight(job)) return job;
        if (performance.now() > deadline) throw new Error(`this does not change: ${JSON.stringify(job)}`);
        await sleep(50);
      }
    },

    /** Writes that the last progress of a job was at this time. */
    setProgress: async ({ id, question: { kind } }: Job, at: number): Promise<void> => {
      const Key = { pk: { S: `jobs#${kind}` }, sk: { S: id.slice(kind.length + 1) } };
      const values = { ExpressionAttributeValues: { ':at': { N: `${at}` } } };
      const update = { TableName: TABLE, Key, UpdateExpression: 'SET progressAt = :at', ...values };
      await client.send(new UpdateItemCommand(update));
    },

    /** Sends a message of a part, as a worker or the coordinator does; a copy of it if it was sent before. */
    sendPart: async ({ id, cut }: Job, part: number): Promise<void> => {
      const MessageBody = JSON.stringify({ jobId: id, cut, part });
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf('report-parts'), MessageBody }));
    },

    /** From now on, a part whose worker dies comes again after so many seconds. */
    hideParts: async (seconds: number): Promise<void> => {
      const Attributes = { VisibilityTimeout: `${seconds}` };
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf('report-parts'), Attributes }));
    },

    /** Messages in a queue of the jobs, those too that are being worked on. */
    waiting: async (queue: string): Promise<number> => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const asked = new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: [...AttributeNames] });
      const { Attributes = {} } = await sqs.send(asked);
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
    },

    /** Waits until a worker has received a message of a queue. */
    untilReceived: async (queue: string): Promise<void> => {
      const deadline = performance.now() + TIMEOUT_MS;
      const AttributeNames = ['ApproximateNumberOfMessagesNotVisible'] as const;
      const asked = { QueueUrl: urlOf(queue), AttributeNames: [...AttributeNames] };
      for (;;) {
        const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(asked));
        if (Number(Attributes.ApproximateNumberOfMessagesNotVisible) > 0) return;
        if (performance.now() > deadline) throw new Error(`nobody receives from ${queue}`);
        await sleep(50);
      }
    },

    /** The text of a job's `report.json`. */
    result: async (job: Job): Promise<string> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: jobFileKey(job, 'json') }));
      return Body?.transformToString() ?? '';
    },

    /** Ends when nothing is left of the parts of a job: they are removed just after its end. */
    untilNothingIsLeft: async (id: string): Promise<void> => {
      const list = new ListObjectsV2Command({ Bucket, Prefix: `jobs/${id}/` });
      const end = Date.now() + LEFT_TIMEOUT_MS;
      for (;;) {
        const { KeyCount: left = 0 } = await s3.send(list);
        if (left === 0) return;
        if (Date.now() > end) throw new Error(`${left} objects of the parts of ${id} are still there`);
        await sleep(100);
      }
    },

    /** Calls the function that the schedule calls every five minutes. */
    sweepJobs: () => invoke('weir-reports-local-sweep', {}),

    /** `npm run ops -- redrive reports` */
    redrive: (job?: string) =>
      runRedrive(
        { invoke, openQueues: createOpenQueues(options) },
        { stage: 'local', ...(job !== undefined && { job }) },
      ),
  };
}
