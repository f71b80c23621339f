import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AwsClient, createAwsClient } from '../aws-calls/aws-client.ts';
import { startLocalAws } from './start-local-aws.ts';

const RESOURCES = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'metrics',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails' } },
  Key: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key' } },
};
const REGISTRATION = {
  ...{ name: 'fixture', stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' },
  ...{ resources: RESOURCES, extensions: {}, functions: {} },
};

describe('the local AWS on disk', function () {
  this.timeout(60_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  async function session<T>(work: (aws: AwsClient, url: string) => Promise<T>): Promise<T> {
    const local = await startLocalAws({ dataDir, port: 0 });
    try {
      await local.registerService(REGISTRATION);
      return await work(
        createAwsClient(() => local.url, 'tester'),
        local.url,
      );
    } finally {
      await local.close();
    }
  }
  const text = async (path: string) => (await fetch(path)).text();

  it('has after a restart what it had before, under its new address', async () => {
    const secret = await session(async (aws) => {
      await aws.json('dynamodb', 'PutItem', { TableName: 'metrics', Item: { pk: { S: 'a' } } });
      await aws.json('kinesis', 'PutRecord', { StreamName: 'events', PartitionKey: 'a', Data: 'e30=' });
      await aws.s3('PUT', '/archive/a', 'kept');
      return aws.json('secretsmanager', 'GetSecretValue', { SecretId: 'key' });
    });
    await session(async (aws, url) => {
      const item = await aws.json('dynamodb', 'GetItem', { TableName: 'metrics', Key: { pk: { S: 'a' } } });
      expect(item.ok && item.json.Item).to.deep.equal({ pk: { S: 'a' } });
      expect(await text(`${url}/archive/a`)).to.equal('kept');
      const queue = await aws.json('sqs', 'GetQueueUrl', { QueueName: 'mails' });
      expect(queue.ok && queue.json.QueueUrl).to.equal(`${url}/000000000000/mails`);
      const again = await aws.json('secretsmanager', 'GetSecretValue', { SecretId: 'key' });
      expect(again.ok && secret.ok && again.json.SecretString === secret.json.SecretString).to.equal(true);
      expect(await recordsOf(aws)).to.have.length(1);
    });
  });

  it('does not share its directory, and says who has it', async () => {
    await session(async () => {
      const other = await startLocalAws({ dataDir, port: 0 }).then(
        async (local) => local.close(),
        (error: Error) => error.message,
      );
      expect(other).to.match(/uses .*: end it/);
    });
  });

  async function recordsOf(aws: AwsClient): Promise<unknown[]> {
    const where = { StreamName: 'events', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };
    const iterator = await aws.json('kinesis', 'GetShardIterator', where);
    const { ShardIterator } = iterator.ok ? iterator.json : {};
    const records = await aws.json('kinesis', 'GetRecords', { ShardIterator });
    return records.ok ? (records.json.Records as unknown[]) : [];
  }
});
