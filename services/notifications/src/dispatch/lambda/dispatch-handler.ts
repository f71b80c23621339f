import { batchOutcome, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SNSEvent } from 'aws-lambda';
import type { TableChange } from '../dispatch-change.ts';

export interface DispatchHandlerDeps {
  /** What a record of the table's stream says; `undefined` if nobody is told of it. */
  readonly readChange: (record: DynamoDBRecord) => TableChange | undefined;
  readonly dispatch: (change: TableChange) => Promise<void>;
  readonly announceReport: (announcement: string) => Promise<void>;
}

/**
 * The Lambda handler of the table's stream and of the topic `report-ready`. If a record of the stream fails, it answers
 * with the record from which Lambda must retry. If an announcement fails, it throws, and Lambda calls it again.
 */
export function createDispatchHandler(telemetry: Telemetry, deps: DispatchHandlerDeps) {
  return (event: DynamoDBStreamEvent | SNSEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const [first] = event.Records;
    const annotations = { source: first && 'Sns' in first ? 'topic' : 'table', batchSize: event.Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      for (const record of event.Records) {
        if ('Sns' in record) await deps.announceReport(record.Sns.Message);
        else if (!(await dispatchRecord(telemetry, deps, record))) {
          return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
        }
      }
      return { batchItemFailures: [] };
    });
  };
}

async function dispatchRecord(
  { log, meter }: Pick<Telemetry, 'log' | 'meter'>,
  { readChange, dispatch }: DispatchHandlerDeps,
  record: DynamoDBRecord,
): Promise<boolean> {
  const { pk, sk } = record.dynamodb?.Keys ?? {};
  try {
    const change = readChange(record);
    if (change) await dispatch(change);
    return true;
  } catch (error) {
    meter.count('NotificationRecordsFailed');
    log.error('A change cannot be told; Lambda will retry from here', { pk: pk?.S, sk: sk?.S, error });
    return false;
  }
}
