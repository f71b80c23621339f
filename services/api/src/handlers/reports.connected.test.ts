import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { expect } from 'chai';
import { expectProblem } from '../testing/expect-problem.ts';
import { auditOf } from '../testing/reports-api.ts';
import { tableResource } from '../testing/table-resource.ts';
import { useFunction } from '../testing/use-function.ts';

const TABLE = 'weir-test-reports';
const BUCKET = 'weir-test-reports-000000000000';
const SUMMARY = { kind: 'summary', from: '2025-11-01T00:00:00Z', to: '2025-11-08T00:00:00Z', timeZone: 'Etc/UTC' };

describe('the function reports over the local AWS', function () {
  this.timeout(60_000);
  const { call, addFault, clearFaults, client } = useFunction({
    ...{ name: 'reports', timeoutSeconds: 15, load: () => import('./reports.ts'), env: process.env },
    resources: {
      Reports: tableResource(TABLE),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: BUCKET } },
    },
    told: { WEIR_REPORTS_BUCKET: BUCKET },
  });

  const ask = (key: string) =>
    call({ method: 'POST', path: '/v1/reports', body: SUMMARY, headers: { 'idempotency-key': key } });

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
    clearFaults();
    expect((await ask('k-2')).status).to.equal(202);
  });

  it('links to the file of an audit', async () => {
    const audit = auditOf('2025-11-24');
    await createDynamoAuditsStore({ client: client(), tableName: TABLE }).put(audit);
    const s3 = new S3Client({ forcePathStyle: true, credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: audit.file, Body: 'all' }));
    s3.destroy();
    const { body } = await call({ path: '/v1/audits/2025-11-24' });
    const { json } = body.links as { json: string };
    expect(await (await fetch(json)).text()).to.equal('all');
  });
});
