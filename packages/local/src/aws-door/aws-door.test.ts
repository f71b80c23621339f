import { expect } from 'chai';
import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';
import { type AwsDoor, createAwsDoor } from './aws-door.ts';
import { createBucketCors } from './bucket-cors.ts';
import type { InjectedFault } from './faults.ts';
import type { Exchange } from './listener.ts';
import { createRights } from './rights/rights.ts';
import { type HttpBackend, startHttpBackend } from './testing/http-backend.ts';

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=tester/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

describe('the AWS door', () => {
  let tables: HttpBackend;
  let objects: HttpBackend;
  let door: AwsDoor;
  let called: [AwsCall, AwsCallResult][];
  let fault: InjectedFault | undefined;
  let control: (exchange: Exchange) => Promise<void>;

  beforeEach(async () => {
    tables = await startHttpBackend((response, { headers }) => {
      const isDescription = String(headers['x-amz-target']).endsWith('DescribeTable');
      const description = { Table: { KeySchema: [{ AttributeName: 'pk' }] } };
      response.end(JSON.stringify(isDescription ? description : {}));
    });
    objects = await startHttpBackend((response, { method }) => response.end(method === 'GET' ? 'object' : ''));
    called = [];
    fault = undefined;
    control = async (exchange) => exchange.send({ status: 200, headers: {}, body: Buffer.from('control') });
    door = await createAwsDoor({
      port: 0,
      backends: {
        ...{ dynamodb: tables, s3: objects },
        kms: {
          answer: async () => {
            throw new Error('nobody expected this');
          },
        },
      },
      fault: () => fault,
      rights: createRights(() => {}),
      hosts: [],
      cors: createBucketCors(),
      onCall: (call, result) => void called.push([call, result]),
      control: (exchange) => control(exchange),
    });
  });
  afterEach(async () => {
    await door.close();
    await tables.close();
    await objects.close();
  });

  const post = (service: string, target: string, body: string | undefined = '{}') =>
    fetch(door.url, { method: 'POST', headers: { ...signedFor(service), 'x-amz-target': target }, body });

  it('tells calls of S3 from those of other services by their signature, and unsigned ones by their request', async () => {
    expect(await (await fetch(`${door.url}/photos/a`, { headers: signedFor('s3') })).text()).to.equal('object');
    expect(await (await fetch(`${door.url}/photos/a`)).text()).to.equal('object');
    await post('dynamodb', 'DynamoDB_20120810.GetItem');
    await fetch(door.url, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.Query' }, body: '{}' });
    expect(called.map(([{ service, action, caller }]) => [service, action, caller])).to.deep.equal([
      ['s3', 'GetObject', 'tester'],
      ['s3', 'GetObject', undefined],
      ['dynamodb', 'GetItem', 'tester'],
      ['dynamodb', 'Query', undefined],
    ]);
    expect([objects.requests.length, tables.requests.length]).to.deep.equal([2, 2]);
  });

  it('passes requests that are not calls to its own control, and does not count them', async () => {
    fault = { kind: 'drop-before' };
    expect(await (await fetch(`${door.url}/_weir/usage`)).text()).to.equal('control');
    expect(called).to.have.length(0);
  });

  it("answers a browser's preflight by itself, and refuses it where no bucket has a rule", async () => {
    const headers = { origin: 'https://a.test', 'access-control-request-method': 'PUT' };
    const answered = await fetch(`${door.url}/photos/a`, { method: 'OPTIONS', headers });
    expect([answered.status, answered.headers.get('access-control-allow-origin')]).to.deep.equal([403, null]);
    expect(objects.requests).to.have.length(0);
  });

  it('neither counts nor fails its own look-ups for metering', async () => {
    const Statement = 'UPDATE "metrics" SET "v" = ? WHERE "pk" = ?';
    const body = JSON.stringify({ Statements: [{ Statement, Parameters: [{ S: 'v' }, { S: 'a' }] }] });
    await post('dynamodb', 'DynamoDB_20120810.BatchExecuteStatement', body);
    const targets = tables.requests.map(({ headers }) => String(headers['x-amz-target']).split('.')[1]);
    expect(targets).to.deep.equal(['BatchExecuteStatement', 'DescribeTable', 'GetItem']);
    expect(called.map(([{ action }, { writeUnits }]) => [action, writeUnits])).to.deep.equal([
      ['BatchExecuteStatement', 1],
    ]);
  });

  it('drops a call that it cannot answer, and continues', async () => {
    const dropped = () => 'dropped';
    expect(await post('kms', 'TrentService.Encrypt').catch(dropped)).to.equal('dropped');
    await objects.close();
    expect(await fetch(`${door.url}/photos/a`).catch(dropped)).to.equal('dropped');
    control = () => Promise.reject(new Error('no'));
    expect(await fetch(`${door.url}/_weir/usage`).catch(dropped)).to.equal('dropped');
    expect((await post('dynamodb', 'DynamoDB_20120810.GetItem')).status).to.equal(200);
  });

  it('refuses a port that is taken', async () => {
    const port = Number(new URL(door.url).port);
    const refused = createAwsDoor({
      ...{ port, backends: { dynamodb: tables, s3: objects }, fault: () => undefined },
      ...{ rights: createRights(() => {}), hosts: [], cors: createBucketCors(), onCall: () => {}, control },
    });
    expect(await refused.catch((error: NodeJS.ErrnoException) => error.code)).to.equal('EADDRINUSE');
  });
});
