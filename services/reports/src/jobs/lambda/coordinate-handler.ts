import type { Telemetry } from '@weir/logging';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** Begins the jobs that a key may run now. */
export type Coordinate = (keyId: string) => Promise<void>;

/**
 * The Lambda handler of the table's stream: of new jobs, and of jobs that have ended. If a record fails, it answers with
 * the record from which Lambda must retry.
 */
export function createCoordinateHandler(telemetry: Telemetry, coordinate: Coordinate) {
  const { log, meter } = telemetry;
  return ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
    telemetry.observe({ context }, async () => {
      // All of a batch was written before: to look at a key once is enough.
      const looked = new Set<string>();
      for (const record of Records) {
        const keyId = keyIdOf(record);
        if (keyId === undefined || looked.has(keyId)) continue;
        try {
          await coordinate(keyId);
        } catch (error) {
          meter.count('JobRecordsFailed', 1);
          log.error('The jobs of a key cannot begin; Lambda will retry from here', { keyId, error });
          return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
        }
        looked.add(keyId);
      }
      return { batchItemFailures: [] };
    });
}

function keyIdOf({ dynamodb }: DynamoDBRecord): string | undefined {
  return dynamodb?.NewImage?.keyId?.S;
}
