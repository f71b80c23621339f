import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { GetBucketEncryptionCommand, HeadBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FoundResource, NamedResource, NamedType } from '../account/account.ts';

/** The errors with which the services say that there is nothing of a name. */
const MISSING = new Set(['NoSuchBucket', 'NotFound', 'QueueDoesNotExist', 'ResourceNotFoundException']);

type Find = (name: string) => Promise<FoundResource>;

/** Looks up a name, by the type that has it. */
export function createFind(config: object): (named: NamedResource) => Promise<FoundResource | undefined> {
  const finders = createFinders(config);
  return async ({ type, name }) => {
    try {
      return await finders[type](name);
    } catch (error) {
      if (error instanceof Error && MISSING.has(error.name)) return undefined;
      throw new Error(`Cannot tell whether ${name} already exists: ${(error as Error).message}`, { cause: error });
    }
  };
}

function createFinders(config: object): Readonly<Record<NamedType, Find>> {
  const dynamodb = new DynamoDBClient(config);
  const kinesis = new KinesisClient(config);
  const s3 = new S3Client(config);
  const secrets = new SecretsManagerClient(config);
  const sqs = new SQSClient(config);
  return {
    'AWS::DynamoDB::Table': async (TableName) => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      return { identifier: { TableName }, ...keyId(Table?.SSEDescription?.KMSMasterKeyArn) };
    },
    'AWS::Kinesis::Stream': async (StreamName) => {
      const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
      return { identifier: { Name: StreamName }, ...keyId(StreamDescriptionSummary?.KeyId) };
    },
    'AWS::S3::Bucket': async (Bucket) => {
      await s3.send(new HeadBucketCommand({ Bucket }));
      return { identifier: { BucketName: Bucket }, ...keyId(await bucketKey(s3, Bucket)) };
    },
    'AWS::SQS::Queue': async (QueueName) => {
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
      return { identifier: { QueueUrl } };
    },
    'AWS::SecretsManager::Secret': async (SecretId) => {
      const { ARN = '', DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      return { identifier: { Id: ARN }, isInRecovery: DeletedDate !== undefined };
    },
  };
}

async function bucketKey(client: S3Client, Bucket: string): Promise<string | undefined> {
  try {
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    return ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  } catch (error) {
    const hasNone = 'ServerSideEncryptionConfigurationNotFoundError';
    if (error instanceof S3ServiceException && error.name === hasNone) return undefined;
    throw error;
  }
}

/** The services know a key by its ARN or its id; `alias/…` is neither. */
function keyId(arnOrId: string | undefined): Pick<FoundResource, 'keyId'> {
  return arnOrId === undefined || arnOrId.includes('alias/') ? {} : { keyId: arnOrId.split('/').at(-1) ?? '' };
}
