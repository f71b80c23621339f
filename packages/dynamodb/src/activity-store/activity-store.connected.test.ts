import { openLocalTables } from '@weir/local/tables';
import { createDynamoMetricsStore } from '../metrics-store/dynamo-metrics-store.ts';
import { describeActivityStore } from './activity-store.contract.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeActivityStore('in DynamoDB', async () => createDynamoMetricsStore(await tables.create()));
});
