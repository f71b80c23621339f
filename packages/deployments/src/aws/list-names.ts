import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import type { Named } from '../previews/find-orphans.ts';

/**
 * The log groups, S3 buckets and parameters of an account: what carries a stage's name and may outlive its stacks. A
 * function that writes its last line late makes its log group again. `config` holds the settings of every client.
 */
export async function listNames(config: object): Promise<readonly Named[]> {
  const names = await Promise.all([logGroups(config), buckets(config), parameters(config)]);
  return names.flat();
}

async function logGroups(config: object): Promise<Named[]> {
  const named: Named[] = [];
  for await (const page of paginateDescribeLogGroups({ client: new CloudWatchLogsClient(config) }, {})) {
    named.push(...(page.logGroups ?? []).map(({ logGroupName = '' }) => ({ kind: 'log group', name: logGroupName })));
  }
  return named;
}

async function buckets(config: object): Promise<Named[]> {
  const named: Named[] = [];
  for await (const page of paginateListBuckets({ client: new S3Client(config) }, {})) {
    named.push(...(page.Buckets ?? []).map(({ Name = '' }) => ({ kind: 'S3 bucket', name: Name })));
  }
  return named;
}

async function parameters(config: object): Promise<Named[]> {
  const named: Named[] = [];
  for await (const page of paginateDescribeParameters({ client: new SSMClient(config) }, {})) {
    named.push(...(page.Parameters ?? []).map(({ Name = '' }) => ({ kind: 'parameter', name: Name })));
  }
  return named;
}
