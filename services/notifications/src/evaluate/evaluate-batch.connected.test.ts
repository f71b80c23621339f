import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Alert, BUCKET_MS } from '@weir/alerts';
import { createDynamoMetricsStore, type StoredEntry } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { append, countingEntry } from '@weir/dynamodb/memory/counted';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createEvaluator } from './evaluate-batch.ts';

const START = 1_764_000_000_000;
const LOGS = ['1764000000.0', '1764000000.1', '1764000000.2'];
const READER = 'reader';

describe('the evaluation of rules on the local AWS', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());

  async function openStage(rules: number) {
    const { tableName } = await tables.create();
    const aws = await tables.aws();
    const credentials = { accessKeyId: READER, secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint: aws.url, region: 'us-east-1', credentials });
    after(() => client.destroy());
    const metrics = createDynamoMetricsStore({ client, tableName });
    const alerts = createDynamoAlertsStore(await tables.create());
    for (let at = 0; at < rules; at++) await alerts.create(ruleOf(at));
    for (const logId of LOGS) await metrics.register(logId, []);
    const clock = { now: START };
    const evaluate = createEvaluator({ counts: metrics, alerts, now: () => clock.now });
    const arrive = async (number: number) => {
      clock.now += 1000;
      const entries: StoredEntry[] = [];
      for (const logId of LOGS) {
        await append(metrics, logId, countingEntry(number, [{ action: 'checkout', at: clock.now }], clock.now));
        entries.push(...(await metrics.readAfter(logId, number - 1)));
      }
      aws.resetUsage();
      await evaluate({ entries, closedUpTo: undefined });
      return aws.usage().callers[READER];
    };
    /** Gives the read units of both tables. */
    const close = async (closedUpTo: number) => {
      clock.now = closedUpTo + 5000;
      aws.resetUsage();
      await evaluate({ entries: [], closedUpTo });
      return Object.values(aws.usage().actions).reduce((sum, { readUnits }) => sum + readUnits, 0);
    };
    return { alerts, arrive, close };
  }

  const ruleOf = (at: number): Alert => ({
    ...{
      id: `r${at}`,
      name: `rule ${at}`,
      action: at % 2 === 0 ? 'checkout' : '*',
      field: 'count',
      interval: 'minute',
    },
    ...{ comparison: 'above', threshold: at * 1000 + 4, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600 },
    ...{
      enabled: true,
      channels: [{ type: 'webhook' }],
      revision: 1,
      since: START,
      createdAt: START,
      updatedAt: START,
    },
    state: { version: 0 },
  });

  it('asks the metrics with one query, and one for each log, however many rules there are', async () => {
    for (const rules of [1, 1000]) {
      const { arrive } = await openStage(rules);
      await arrive(0);
      for (const number of [1, 2, 3]) {
        const calls = (await arrive(number)) ?? {};
        expect(Object.keys(calls)).to.deep.equal(['dynamodb:Query']);
        expect(calls['dynamodb:Query']).to.include({ calls: 1 + LOGS.length });
      }
    }
  });

  it('reads a thousand rules at a close twice if one of them is another, or has fired, and then no more', async () => {
    const { alerts, arrive, close } = await openStage(1000);
    const closeAt = (minute: number) => close(START + minute * BUCKET_MS.minute);
    for (const minute of [1, 2]) expect(await closeAt(minute)).to.be.above(60);
    expect(await closeAt(3)).to.be.below(15);
    await alerts.update(ruleOf(7), { revision: 1 });
    expect(await closeAt(4)).to.be.above(60);
    await arrive(0);
    await arrive(1);
    expect((await alerts.find('r0'))?.state.episode).to.be.an('object');
    expect(await closeAt(5)).to.be.above(60);
    // It recovers.
    await closeAt(7);
    for (const minute of [8, 9]) expect(await closeAt(minute)).to.be.above(60);
    expect(await closeAt(10)).to.be.below(15);
  });

  it('fires, moves the cursor, and recovers', async () => {
    const { alerts, arrive, close } = await openStage(2);
    await arrive(0);
    expect(await alerts.findFiring('r0', START)).to.equal(undefined);
    await arrive(1);
    expect(await alerts.findFiring('r0', START)).to.deep.include({ value: 6, notified: true, late: false });
    await close(START + 2 * BUCKET_MS.minute);
    expect(await alerts.readCursor()).to.deep.include({ evaluatedUpTo: START + 2 * BUCKET_MS.minute });
    await close(START + 3 * BUCKET_MS.minute);
    const ended = await alerts.findFiring('r0', START);
    expect(ended?.recovery).to.deep.include({ value: 0 });
    expect((await alerts.find('r0'))?.state.episode).to.equal(undefined);
    expect((await alerts.readCursor())?.lastEvaluated.get('r1')).to.include({ value: 0 });
  });
});
