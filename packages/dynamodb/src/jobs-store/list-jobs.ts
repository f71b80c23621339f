import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionQuery } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { jobsPartition, storedJob } from './job-item.ts';
import { jobKeyOf } from './job-turns.ts';
import type { Job, JobKindName, JobsPage, JobsQuery } from './jobs-store.ts';

/** A page of a kind's jobs, the newest first. The jobs of other keys are read too, and left out. */
export async function listJobs(
  { client, tableName: TableName }: TableAccess,
  kind: JobKindName,
  { after, limit, keyId }: JobsQuery,
): Promise<JobsPage> {
  const { ExpressionAttributeValues, ...partition } = partitionQuery(jobsPartition(kind));
  const ofKey = keyId === undefined ? {} : { ':keyId': { S: keyId } };
  const query = {
    ...{ TableName, ...partition, ScanIndexForward: false, ConsistentRead: true },
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...ofKey },
    // One more than asked for: DynamoDB names a next page even if that page is empty. It counts what the filter leaves
    // out as well.
    ...(keyId === undefined ? { Limit: limit + 1 } : { FilterExpression: 'keyId = :keyId' }),
  };
  const found: Job[] = [];
  let from: TableItem | undefined = after === undefined ? undefined : keyAttributes(jobKeyOf(after));
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: from }));
    found.push(...Items.map(storedJob));
    from = LastEvaluatedKey;
  } while (from && found.length <= limit);
  const jobs = found.slice(0, limit);
  return { jobs, next: found.length > limit ? jobs.at(-1)?.id : undefined };
}
