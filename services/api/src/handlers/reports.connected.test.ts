import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { type FaultRule, type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { auditOf } from '../testing/reports-api.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const TABLE = 'weir-test-reports';
const BUCKET = 'weir-test-reports-000000000000';
/** It is not held, but recorded under the name of its role. */
const FUNCTIONS = { reports: { name: 'weir-api-test-reports', timeoutSeconds: 15, events: [] } };

const resources = {
  Reports: tableResource(TABLE),
  Idempotency: tableResource('weir-test-idempotency', ['id']),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: BUCKET } },
  CursorSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'weir-test-cursor-secret', GenerateSecretString: { PasswordLength: 43 } },
  },
};

const SUMMARY = { kind: 'summary', from: '2025-11-01T00:00:00Z', to: '2025-11-08T00:00:00Z', timeZone: 'Etc/UTC' };

describe('the function reports over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let client: DynamoDBClient;
  let handler: APIGatewayProxyHandler;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: FUNCTIONS });
    untell = tellFunctions(process.env, aws.url, {
      AWS_ACCESS_KEY_ID: 'weirapireports',
      WEIR_REPORTS_BUCKET: BUCKET,
    });
    client = new DynamoDBClient({ credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    ({ handler } = await import('./reports.ts'));
  });

  after(async () => {
    untell();
    client?.destroy();
    await aws?.close();
  });

  beforeEach(() => aws.clearFaults());

  const addFault = (rule: FaultRule) => aws.addFaults(rule);

  async function call(parts: EventParts): Promise<Answer> {
    const told = { awsRequestId: 'call-1', functionName: 'reports', getRemainingTimeInMillis: () => 15_000 };
    const result = await handler(apiEvent(parts), told as Context, () => undefined);
    return readAnswer(result as APIGatewayProxyResult);
  }

  const ask = (key: string) =>
    call({
      ...{ method: 'POST', path: '/v1/reports', body: JSON.stringify(SUMMARY) },
      headers: { 'idempotency-key': key },
    });

  it('asks once under an Idempotency-Key, reads, lists and cancels', async () => {
    const [first, again] = [await ask('k-1'), await ask('k-1')];
    expect([first.status, again.body]).to.deep.equal([202, first.body]);
    const path = String(first.headers.location);
    expect((await call({ path })).body).to.deep.equal(first.body);
    const list = await call({ path: '/v1/reports', query: { kind: 'summary', limit: '1' } });
    expect(list.body.items).to.deep.equal([first.body]);
    expect((await call({ method: 'DELETE', path })).status).to.equal(204);
    expect((await call({ path })).body).to.include({ status: 'cancelled' });
    expectProblem(await call({ method: 'DELETE', path }), 'conflict');
  });

  it('asks again after the table was down', async () => {
    addFault({ match: { service: 'dynamodb', resource: TABLE }, kind: 'error' });
    expectProblem(await ask('k-2'), 'unavailable');
    aws.clearFaults();
    expect((await ask('k-2')).status).to.equal(202);
  });

  it('links to the file of an audit', async () => {
    const audit = auditOf('2025-11-24');
    await createDynamoAuditsStore({ client, tableName: TABLE }).put(audit);
    const s3 = new S3Client({ forcePathStyle: true, credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: audit.file, Body: 'all' }));
    s3.destroy();
    const { body } = await call({ path: '/v1/audits/2025-11-24' });
    const { json } = body.links as { json: string };
    expect(await (await fetch(json)).text()).to.equal('all');
  });
});
