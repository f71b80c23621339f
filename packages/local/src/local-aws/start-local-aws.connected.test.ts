import {
  BatchExecuteStatementCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { createAwsClient } from '../aws-calls/aws-client.ts';
import type { Usage } from '../aws-door/usage.ts';
import type { PolicyStatement } from '../registration/service-registration.ts';
import { EVERY_RESOURCE as resources } from '../testing/every-resource.ts';
import type { LocalAws } from './local-aws.ts';
import { startLocalAws } from './start-local-aws.ts';

describe('the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let dynamodb: DynamoDBClient;
  let kinesis: KinesisClient;
  let s3: S3Client;

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const options = {
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'tester', secretAccessKey: 'local' },
    };
    dynamodb = new DynamoDBClient(options);
    kinesis = new KinesisClient(options);
    s3 = new S3Client(options);
    const registration = { name: 'fixture', stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: {} });
  });

  after(async () => {
    dynamodb?.destroy();
    kinesis?.destroy();
    s3?.destroy();
    await aws?.close();
  });

  beforeEach(async () => {
    aws.resetUsage();
    await control('DELETE', 'faults');
  });

  const control = (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${aws.token}`, 'content-type': 'application/json' };
    return fetch(`${aws.url}/_weir/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  const addFault = (rule: object) => control('POST', 'faults', rule);
  const item = (pk: string, bytes: number) => ({ pk: { S: pk }, sk: { S: '1' }, v: { S: 'x'.repeat(bytes) } });

  it('creates the resources of a registered service, and again without harm', async () => {
    const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'events' }));
    expect(summary.StreamDescriptionSummary).to.include({ OpenShardCount: 2, RetentionPeriodHours: 168 });
    await aws.registerService({
      name: 'fixture',
      stage: 'local',
      region: 'us-east-1',
      lambdaUrl: 'http://127.0.0.1:9',
      resources,
      extensions: {},
      functions: {},
    });
  });

  it('counts the write units of a put by its caller and leaves the answer as it was asked for', async () => {
    const answer = await dynamodb.send(new PutItemCommand({ TableName: 'metrics', Item: item('a', 5000) }));
    expect(answer).not.to.have.property('ConsumedCapacity');
    expect(aws.usage().callers.tester?.['dynamodb:PutItem']).to.include({ calls: 1, writeUnits: 5, errors: 0 });
  });

  it('passes the consumed capacity on to a caller that asks for it', async () => {
    const query = new QueryCommand({
      TableName: 'metrics',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'a' } },
      ReturnConsumedCapacity: 'TOTAL',
    });
    const { ConsumedCapacity } = await dynamodb.send(query);
    expect(ConsumedCapacity?.CapacityUnits).to.equal(1);
    expect(aws.usage().actions['dynamodb:Query']).to.include({ readUnits: 1, writeUnits: 0 });
  });

  it('bills a failed condition by the larger of both items', async () => {
    const put = new PutItemCommand({
      TableName: 'metrics',
      Item: item('a', 10),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    const error = await dynamodb.send(put).catch((failure) => failure);
    expect(error).to.include({ name: 'ConditionalCheckFailedException' });
    expect(error.Item).to.equal(undefined);
    expect(aws.usage().actions['dynamodb:PutItem']).to.include({ errors: 1, writeUnits: 5 });
  });

  it('counts a read that finds nothing', async () => {
    await dynamodb.send(new GetItemCommand({ TableName: 'metrics', Key: { pk: { S: 'none' }, sk: { S: '1' } } }));
    const ConsistentRead = true;
    await dynamodb.send(
      new GetItemCommand({ TableName: 'metrics', Key: { pk: { S: 'none' }, sk: { S: '1' } }, ConsistentRead }),
    );
    expect(aws.usage().actions['dynamodb:GetItem']).to.include({ calls: 2, readUnits: 1.5 });
  });

  it('weighs the rows that PartiQL writes, conflicts included', async () => {
    await dynamodb.send(new PutItemCommand({ TableName: 'metrics', Item: { ...item('p', 3000), upTo: { N: '1' } } }));
    aws.resetUsage();
    const update = (upTo: string) => ({
      Statement: 'UPDATE "metrics" SET "v" = ? WHERE "pk" = ? AND "sk" = ? AND "upTo" = ?',
      Parameters: [{ S: 'y'.repeat(3000) }, { S: 'p' }, { S: '1' }, { N: upTo }],
    });
    await dynamodb.send(new BatchExecuteStatementCommand({ Statements: [update('1')] }));
    expect(aws.usage().actions['dynamodb:BatchExecuteStatement']).to.include({ writeUnits: 3 });
    const { Responses } = await dynamodb.send(new BatchExecuteStatementCommand({ Statements: [update('7')] }));
    expect(Responses?.[0]?.Error?.Code).to.equal('ConditionalCheckFailed');
    expect(aws.usage().actions['dynamodb:BatchExecuteStatement']).to.include({ writeUnits: 6 });
  });

  it('bills a transaction twice', async () => {
    const put = (pk: string) => ({ Put: { TableName: 'metrics', Item: item(pk, 1500) } });
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put('t1'), put('t2')] }));
    expect(aws.usage().actions['dynamodb:TransactWriteItems']).to.include({ writeUnits: 8 });
  });

  it("speaks HTTP/2 to Kinesis' client", async () => {
    const Records = Array.from({ length: 500 }, (_, n) => ({ PartitionKey: `${n}`, Data: Buffer.alloc(200, 1) }));
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName: 'events', Records }));
    expect(answer.FailedRecordCount).to.equal(0);
    expect(aws.usage().actions['kinesis:PutRecords']).to.include({ calls: 1, errors: 0 });
  });

  it('finds a stream by its ARN', async () => {
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
    const Records = [{ PartitionKey: 'a', Data: Buffer.from('{}') }];
    expect((await kinesis.send(new PutRecordsCommand({ StreamARN, Records }))).FailedRecordCount).to.equal(0);
  });

  it('keeps the bytes of an object of 20 MB, by path', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024, 'weir');
    await s3.send(new PutObjectCommand({ Bucket: 'archive-000000000000', Key: 'a/b c+d', Body: body }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'archive-000000000000', Key: 'a/b c+d' }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).to.equal(true);
    expect(aws.usage().actions['s3:GetObject']).to.include({ calls: 1, responseBytes: body.length });
  });

  it('hands on what is published to the queue that subscribed', async () => {
    const client = createAwsClient(() => aws.url, 'tester');
    await client.sns('Publish', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:alerts', Message: 'too much' });
    const queue = await client.json('sqs', 'GetQueueUrl', { QueueName: 'mails' });
    const QueueUrl = queue.ok && queue.json.QueueUrl;
    expect(QueueUrl).to.equal(`${aws.url}/000000000000/mails`);
    const received = await client.json('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 2 });
    expect(received.ok && (received.json.Messages as { Body: string }[])[0]?.Body).to.equal('too much');
    expect(aws.usage().actions['sqs:ReceiveMessage']).to.include({ calls: 1, errors: 0 });
  });

  it('shows the mails that were sent', async () => {
    await fetch(`${aws.url}/v2/email/outbound-emails`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/ses/aws4_request',
      },
      body: JSON.stringify({
        FromEmailAddress: 'weir@example.com',
        Destination: { ToAddresses: ['you@example.com'] },
        Content: { Simple: { Subject: { Data: 'Yesterday' }, Body: { Text: { Data: '42' } } } },
      }),
    });
    const store = (await (await fetch(`${aws.mailUrl}/store`)).json()) as { emails: { subject: string }[] };
    expect(store.emails.map(({ subject }) => subject)).to.deep.equal(['Yesterday']);
  });

  it("keeps a template's parameter", async () => {
    const answer = await createAwsClient(() => aws.url, 'tester').json('ssm', 'GetParameter', { Name: '/weir/name' });
    expect(answer.ok && (answer.json.Parameter as { Value: string }).Value).to.equal('metrics');
  });

  it('tells a function that an object is missing only where its role may list the bucket', async () => {
    const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
    const roleOf = (...statements: PolicyStatement[]) => ({ name: 'f', timeoutSeconds: 6, events: [], statements });
    await aws.registerService({
      ...{ name: 'roles', stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' },
      ...{ resources: {}, extensions: {} },
      functions: {
        lists: roleOf(allow('s3:GetObject'), allow('s3:ListBucket')),
        reads: roleOf(allow('s3:GetObject')),
      },
    });
    const statusOf = async (caller: string, method: string, path: string) => {
      const authorization = `AWS4-HMAC-SHA256 Credential=${caller}/20260101/us-east-1/s3/aws4_request`;
      const answered = await fetch(`${aws.url}${path}`, { method, headers: { authorization } });
      return `${answered.status} ${/<Code>(\w+)/.exec(await answered.text())?.[1] ?? ''}`.trim();
    };
    const none = '/archive-000000000000/none';
    expect(await statusOf('roleslists', 'GET', none)).to.equal('404 NoSuchKey');
    expect(await statusOf('rolesreads', 'GET', none)).to.equal('403 AccessDenied');
    expect(await statusOf('rolesreads', 'HEAD', none)).to.equal('403');
    expect(await statusOf('rolesreads', 'GET', '/no-such-bucket/none')).to.equal('404 NoSuchBucket');
    await s3.send(new PutObjectCommand({ Bucket: 'archive-000000000000', Key: 'there', Body: 'x' }));
    expect(await statusOf('rolesreads', 'GET', '/archive-000000000000/there')).to.equal('200');
  });

  it('generates a secret once', async () => {
    const read = async () => {
      const response = await fetch(aws.url, {
        method: 'POST',
        headers: {
          'x-amz-target': 'secretsmanager.GetSecretValue',
          authorization: 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/secretsmanager/aws4_request',
        },
        body: JSON.stringify({ SecretId: 'key' }),
      });
      return ((await response.json()) as { SecretString: string }).SecretString;
    };
    expect(await read())
      .to.match(/^\w{40}$/)
      .and.to.equal(await read());
  });

  for (const [kind, retried] of [
    ['throttle', true],
    ['error', true],
    ['drop-before', true],
  ] as const) {
    it(`lets the SDK get over a ${kind} of DynamoDB, Kinesis and S3`, async () => {
      for (const service of ['dynamodb', 'kinesis', 's3']) await addFault({ match: { service }, kind, times: 1 });
      await dynamodb.send(new GetItemCommand({ TableName: 'metrics', Key: { pk: { S: 'a' }, sk: { S: '1' } } }));
      await kinesis.send(
        new PutRecordsCommand({ StreamName: 'events', Records: [{ PartitionKey: 'a', Data: Buffer.from('{}') }] }),
      );
      await s3.send(new PutObjectCommand({ Bucket: 'archive-000000000000', Key: kind, Body: 'x' }));
      const { actions } = aws.usage();
      for (const action of ['dynamodb:GetItem', 'kinesis:PutRecords', 's3:PutObject']) {
        expect(actions[action], action).to.include({ calls: retried ? 2 : 1, errors: 1 });
      }
    });
  }

  it('loses the answer of a call that was carried out', async () => {
    await addFault({
      match: { service: 'dynamodb', action: 'PutItem', resource: 'metrics' },
      kind: 'drop-after',
      times: 1,
    });
    const put = new PutItemCommand({
      TableName: 'metrics',
      Item: item('lost', 10),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    const error = await dynamodb.send(put).catch((failure) => failure);
    // The SDK tried again, and met its own first attempt.
    expect(error).to.include({ name: 'ConditionalCheckFailedException' });
    expect(aws.usage().actions['dynamodb:PutItem']).to.include({ calls: 2, errors: 2, writeUnits: 2 });
  });

  it('answers a raw request for a service that it does not have with an error', async () => {
    const response = await fetch(aws.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'Nothing.Do',
        authorization: 'AWS4-HMAC-SHA256 Credential=tester/1/us-east-1/nothing/aws4_request',
      },
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.include({ __type: 'UnknownOperationException' });
  });

  it('tells other processes what was called', async () => {
    await dynamodb.send(new GetItemCommand({ TableName: 'metrics', Key: { pk: { S: 'a' }, sk: { S: '1' } } }));
    const usage = (await (await fetch(`${aws.url}/_weir/usage`)).json()) as Usage;
    expect(usage.actions['dynamodb:GetItem']).to.include({ calls: 1, readUnits: 1 });
    await control('DELETE', 'usage');
    expect(aws.usage().actions).to.deep.equal({});
  });
});
