import { batchOutcome, type Logger, type Meter, type Telemetry } from '@weir/logging';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type PartMessage, readPartMessage } from '../part-message.ts';

/** Runs a part of a job. On the last receive, an error ends the job as well. */
export type WorkPart = (message: PartMessage, isLastReceive: boolean) => Promise<void>;

/** Hides a received message from now on for so many seconds. */
export type HideMessage = (receiptHandle: string, seconds: number) => Promise<void>;

export interface WorkDeps {
  readonly work: WorkPart;
  readonly hide: HideMessage;
  /** After so many receives, the queue moves a message to its dead-letter queue. */
  readonly receives: number;
  /** A part that failed is tried again after this time, and after twice this time. */
  readonly retrySeconds: number;
}

interface LoggedWorkDeps extends WorkDeps {
  readonly log: Logger;
  readonly meter: Meter;
}

/** The Lambda handler of the queue of parts. */
export function createWorkHandler(telemetry: Telemetry, deps: WorkDeps) {
  const { log, meter } = telemetry;
  return ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const annotations = { batchSize: Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      const failed: string[] = [];
      for (const record of Records) {
        const isDone = await workRecord({ ...deps, log, meter }, record);
        if (!isDone) failed.push(record.messageId);
      }
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
  };
}

async function workRecord(deps: LoggedWorkDeps, { body, attributes, receiptHandle }: SQSRecord): Promise<boolean> {
  const receive = Number(attributes.ApproximateReceiveCount);
  const isLast = receive >= deps.receives;
  try {
    await deps.work(readPartMessage(body), isLast);
    return true;
  } catch (error) {
    deps.meter.count('PartsFailed', 1);
    deps.log.error(isLast ? 'A part failed in its last attempt' : 'A part failed', { body, receive, error });
    // Without this the message comes again only after the queue's visibility time-out, half an hour later. After the
    // last attempt the queue moves a visible message to its dead-letter queue at once.
    await deps.hide(receiptHandle, isLast ? 0 : deps.retrySeconds * receive).catch((cause: unknown) => {
      deps.log.warn('A part that failed comes again only after the visibility time-out', { body, error: cause });
    });
    return false;
  }
}
