import { batchOutcome, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

export interface Coordinator {
  /** Begins the jobs that a key may run now. */
  readonly coordinate: (keyId: string) => Promise<void>;
  /** Removes what the workers of a job that has ended left. */
  readonly cleanUp: (jobId: string) => Promise<void>;
}

/**
 * The Lambda handler of the table's stream: of new jobs, and of jobs that have ended. If a record fails, it answers with
 * the record from which Lambda must retry.
 */
export function createCoordinateHandler(telemetry: Telemetry, { coordinate, cleanUp }: Coordinator) {
  const { log, meter } = telemetry;
  return ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const annotations = { batchSize: Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      // All of a batch was written before: to look at a key once is enough.
      const looked = new Set<string>();
      for (const { itemIdentifier, id, keyId, hasEnded } of Records.flatMap(jobsIn)) {
        try {
          if (!looked.has(keyId)) await coordinate(keyId);
          if (hasEnded) await cleanUp(id);
        } catch (error) {
          meter.count('JobRecordsFailed', 1);
          log.error('The jobs of a key cannot begin; Lambda will retry from here', { keyId, error });
          return { batchItemFailures: [{ itemIdentifier }] };
        }
        looked.add(keyId);
      }
      return { batchItemFailures: [] };
    });
  };
}

/** The job of a record. The mapping's filter lets new jobs through, and those that have ended. */
function jobsIn({ eventName, dynamodb: { NewImage = {}, SequenceNumber = '' } = {} }: DynamoDBRecord) {
  const { pk, sk, keyId } = NewImage;
  if (pk?.S === undefined || sk?.S === undefined || keyId?.S === undefined) return [];
  const id = `${pk.S.replace('jobs#', '')}-${sk.S}`;
  return [{ itemIdentifier: SequenceNumber, id, keyId: keyId.S, hasEnded: eventName === 'MODIFY' }];
}
