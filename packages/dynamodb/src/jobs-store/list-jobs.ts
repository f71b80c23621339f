import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionQuery } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { jobIdOf, jobsPartition, storedJob } from './job-item.ts';
import { jobKeyOf } from './job-turns.ts';
import type { Job, JobKindName, JobsPage, JobsQuery } from './jobs-store.ts';

/** Queries for one page, each of which reads at most 1 MB. */
const QUERIES_PER_PAGE = 4;

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
  for (let queries = 0; queries < QUERIES_PER_PAGE && found.length <= limit; queries++) {
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: from }));
    found.push(...Items.map(storedJob));
    from = LastEvaluatedKey;
    if (!from) break;
  }
  const jobs = found.slice(0, limit);
  return { jobs, next: found.length > limit ? jobs.at(-1)?.id : from && jobIdOf(from) };
}
