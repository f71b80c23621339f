import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Account } from '../account/account.ts';
import { endExecutions } from './end-executions.ts';
import { createFind } from './find-resource.ts';
import { findStack } from './find-stack.ts';
import { protectTable } from './protect-table.ts';
import { createS3Bucket } from './s3-bucket.ts';

export interface AccountOptions {
  readonly accountId: string;
  readonly region: string;
  /** The settings of every client. */
  readonly config: object;
}

/** An account in AWS, in one region. */
export function openAccount({ accountId, region, config }: AccountOptions): Account {
  const cloudFormation = new CloudFormationClient(config);
  const dynamodb = new DynamoDBClient(config);
  const s3 = new S3Client(config);
  const stepFunctions = new SFNClient(config);
  return {
    accountId,
    region,
    findStack: (name) => findStack(cloudFormation, name),
    find: createFind(config),
    openBucket: (name) => createS3Bucket({ client: s3, name, partition: partitionOf(region) }),
    protectTable: (name, isProtected) => protectTable(dynamodb, name, isProtected),
    endExecutions: (machineArn) => endExecutions(stepFunctions, machineArn),
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
