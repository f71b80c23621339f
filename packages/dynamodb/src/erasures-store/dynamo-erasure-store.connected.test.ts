import { openLocalTables } from '@weir/local/tables';
import { createDynamoMetricsStore } from '../dynamo-metrics-store.ts';
import { createErasureStore } from './dynamo-erasure-store.ts';
import { describeErasureStore } from './erasure-store.contract.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeErasureStore('in DynamoDB', async () => {
    const { client, tableName: metricsTable } = await tables.create();
    const { tableName } = await tables.create();
    const metrics = createDynamoMetricsStore({ client, tableName: metricsTable });
    return { metrics, erasures: createErasureStore({ client, tableName, metricsTable }) };
  });
});
