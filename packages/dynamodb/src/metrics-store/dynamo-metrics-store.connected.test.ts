import { openLocalTables } from '@weir/local/tables';
import { createDynamoMetricsStore } from './dynamo-metrics-store.ts';
import { describeMetricsStore } from './metrics-store.contract.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeMetricsStore('in DynamoDB', async () => createDynamoMetricsStore(await tables.create()));
});
