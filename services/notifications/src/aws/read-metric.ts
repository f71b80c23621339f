import { type StoredMetric, storedMetric } from '@weir/dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

/** What a record of the metrics table's stream says; `undefined` of items that concern no rule. */
export function readMetric({ dynamodb: { NewImage } = {} }: DynamoDBRecord): StoredMetric | undefined {
  // Lambda's types and those of the SDK are of one form, except that bytes are text in base64.
  return NewImage && storedMetric(NewImage as Parameters<typeof storedMetric>[0]);
}
