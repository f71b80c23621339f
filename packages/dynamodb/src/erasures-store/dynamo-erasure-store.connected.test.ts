import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createDynamoMetricsStore } from '../metrics-store/dynamo-metrics-store.ts';
import { createErasureStore } from './dynamo-erasure-store.ts';
import { createPassStore } from './dynamo-pass-store.ts';
import { describeErasureStore } from './erasure-store.contract.ts';
import { describePassStore } from './pass-store.contract.ts';
import { NO_PASS } from './passes-store.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeErasureStore('in DynamoDB', async () => createErasureStore(await tables.create()));
  describePassStore('in DynamoDB', async () => {
    const { client, tableName: metricsTable } = await tables.create();
    const { tableName } = await tables.create();
    const metrics = createDynamoMetricsStore({ client, tableName: metricsTable });
    return { metrics, passes: createPassStore({ client, tableName, metricsTable }) };
  });

  /** The answer to the next write of a table is lost. */
  async function loseAnswer(tableName: string): Promise<void> {
    const aws = await tables.aws();
    aws.addFaults({ match: { service: 'dynamodb', resource: tableName }, kind: 'drop-after', times: 1 });
  }

  it('counts what was erased once, even if the answer to the write is lost', async () => {
    const { client, tableName } = await tables.create();
    const erasures = createErasureStore({ client, tableName });
    await erasures.begin({ id: 'e1', userId: 'u', userHash: 'h', requestedAt: 100, until: 200 });
    await loseAnswer(tableName);
    await erasures.credit('e1', 'quarantine', { items: 2, objects: 1, at: 110 });
    expect((await erasures.find('e1'))?.places.quarantine).to.deep.equal({ items: 2, objects: 1, at: 110 });
  });

  it('knows the pass that it began itself, even if the answer to the write is lost', async () => {
    const { client, tableName } = await tables.create();
    const passes = createPassStore({ client, tableName, metricsTable: tableName });
    await loseAnswer(tableName);
    expect(await passes.begin(NO_PASS, 'x1')).to.include({ number: 1, execution: 'x1' });
  });
});
