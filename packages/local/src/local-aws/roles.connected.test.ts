import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import type { PolicyStatement } from '../registration/service-registration.ts';
import type { LocalAws } from './local-aws.ts';
import { startLocalAws } from './start-local-aws.ts';

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'held-users',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  },
};

const RESOURCES = {
  Users: TABLE,
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'held-events', ShardCount: 1 } },
  Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'held-archive' } },
};

const allow = (Action: string, Resource: unknown): PolicyStatement => ({ Effect: 'Allow', Action, Resource });

const GRANTS: Readonly<Record<string, PolicyStatement>> = {
  put: allow('dynamodb:PutItem', { 'Fn::GetAtt': ['Users', 'Arn'] }),
  stream: allow('kinesis:PutRecords', { 'Fn::GetAtt': ['Stream', 'Arn'] }),
  upload: allow('s3:PutObject', 'arn:aws:s3:::held-archive/events/*'),
  remove: allow('s3:DeleteObject', 'arn:aws:s3:::held-archive/events/*'),
};

describe('a function over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  const lines: string[] = [];

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0, log: (line) => lines.push(line) });
    const functionWithout = (grant: string | undefined) => ({
      ...{ name: `held-local-without-${grant}`, timeoutSeconds: 6, events: [] },
      statements: Object.entries(GRANTS).flatMap(([name, statement]) => (name === grant ? [] : [statement])),
    });
    const names = ['put', 'stream', 'upload', 'remove'];
    await aws.registerService({
      ...{ name: 'held', stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' },
      ...{ resources: RESOURCES, extensions: {} },
      functions: {
        all: functionWithout(undefined),
        ...Object.fromEntries(names.map((name) => [`without-${name}`, functionWithout(name)])),
      },
    });
  });

  after(() => aws?.close());

  /** Makes the call of a grant with the key of a function; the error if it is refused. */
  async function make(caller: string, grant: string): Promise<{ name?: string; message?: string } | undefined> {
    const settings = {
      ...{ endpoint: aws.url, region: 'us-east-1', maxAttempts: 1 },
      credentials: { accessKeyId: caller, secretAccessKey: 'x' },
    };
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      put: () =>
        new DynamoDBClient(settings).send(new PutItemCommand({ TableName: 'held-users', Item: { pk: { S: 'a' } } })),
      stream: () =>
        new KinesisClient(settings).send(
          new PutRecordsCommand({
            StreamName: 'held-events',
            Records: [{ PartitionKey: 'a', Data: Buffer.from('{}') }],
          }),
        ),
      upload: () => s3.send(new PutObjectCommand({ Bucket: 'held-archive', Key: 'events/a', Body: 'x' })),
      remove: () =>
        s3
          .send(new DeleteObjectsCommand({ Bucket: 'held-archive', Delete: { Objects: [{ Key: 'events/a' }] } }))
          .then(({ Errors: [refused] = [] }) => {
            if (refused !== undefined) throw Object.assign(new Error(refused.Message), { name: refused.Code });
          }),
      read: () =>
        new DynamoDBClient(settings).send(new GetItemCommand({ TableName: 'held-users', Key: { pk: { S: 'a' } } })),
    };
    return calls[grant]?.().then(
      () => undefined,
      (error) => error,
    );
  }

  for (const [grant, { Action }] of Object.entries(GRANTS)) {
    it(`may call with ${Action}, and without it the error and the log name it`, async () => {
      expect(await make('heldall', grant)).to.equal(undefined);
      lines.length = 0;
      const error = await make(`heldwithout${grant}`, grant);
      expect(error?.name).to.match(/^AccessDenied(Exception)?$/);
      const lack = `the role of held-local-without-${grant} does not allow ${Action} on arn:aws:`;
      expect(error?.message).to.contain(lack);
      expect(lines.join('\n')).to.contain(`Access denied: ${lack}`);
    });
  }

  it('may do nothing else, and a caller that is not a function may', async () => {
    expect((await make('heldall', 'read'))?.name).to.equal('AccessDeniedException');
    expect(await make('tester', 'read')).to.equal(undefined);
  });

  it('deletes the objects of a list that it may delete, and gets an error for each of the others', async () => {
    const [held, free] = ['heldall', 'tester'].map(
      (accessKeyId) =>
        new S3Client({
          ...{ endpoint: aws.url, region: 'us-east-1', maxAttempts: 1, forcePathStyle: true },
          credentials: { accessKeyId, secretAccessKey: 'x' },
        }),
    );
    const Bucket = 'held-archive';
    for (const Key of ['events/b', 'other/b']) await free?.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const Delete = { Objects: [{ Key: 'events/b' }, { Key: 'other/b' }] };
    const answer = await held?.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(answer?.Deleted?.map(({ Key }) => Key)).to.deep.equal(['events/b']);
    expect(answer?.Errors?.map(({ Key, Code }) => [Key, Code])).to.deep.equal([['other/b', 'AccessDenied']]);
    const left = await free?.send(new ListObjectsV2Command({ Bucket }));
    expect(left?.Contents?.map(({ Key }) => Key)).to.deep.equal(['other/b']);
  });

  it('does not join with a role that has something the local AWS does not know', async () => {
    const statements = [{ ...allow('s3:GetObject', '*'), Condition: { DateLessThan: {} } }];
    const joining = aws.registerService({
      ...{ name: 'odd', stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' },
      ...{ resources: {}, extensions: {} },
      functions: { f: { name: 'odd-local-f', timeoutSeconds: 6, events: [], statements } },
    });
    const error = await Promise.resolve(joining).then(
      () => undefined,
      (failure: Error) => failure,
    );
    expect(error?.message).to.match(/odd-local-f.*DateLessThan/);
  });
});
