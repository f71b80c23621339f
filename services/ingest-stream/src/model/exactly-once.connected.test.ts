import { createDynamoMetricsStore } from '@weir/dynamodb';
import { openLocalTables } from '@weir/local/tables';
import { runSchedule } from './run-schedule.ts';
import { createTableOf } from './virtual-table.ts';

/** Shorter than the schedules in memory: each call takes milliseconds. */
const SCHEDULES = 36;
const LENGTH = { shortest: 20, longest: 60 };

describe('counting exactly once, on DynamoDB', function () {
  this.timeout(600_000);
  const tables = openLocalTables();
  after(() => tables.close());

  it(`holds through ${SCHEDULES} schedules of crashes, frozen instances, lost answers and resharding`, async () => {
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const table = createTableOf(createDynamoMetricsStore(await tables.create()));
      await runSchedule(seed, { table, ...LENGTH });
    }
  });
});
