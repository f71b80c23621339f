import { PutItemCommand, type PutItemCommandInput, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableKey } from '../table/table-access.ts';
import { reportItem, reportKey, reportsPartition, storedReport } from './report-item.ts';
import { REPORT_KINDS, type ReportsStore, type StoredReport } from './reports-store.ts';

const SCHEDULE: TableKey = { pk: 'schedule', sk: 'daily' };

/** Reports in DynamoDB: an item for each, and one for the schedule. */
export function createDynamoReportsStore(access: TableAccess): ReportsStore {
  const { client, tableName: TableName } = access;
  return {
    async find(id) {
      const key = reportKey(id);
      const item = key && (await getItem(access, key));
      return item && storedReport(item);
    },

    async claim(report) {
      const put = new PutItemCommand({ TableName, Item: reportItem(report), ...claimCondition(report) });
      const { failed } = await outcomeOfWrite(client.send(put));
      // The SDK sends a write again if it had no answer: what is in the way may be what this very write made.
      const { owner, revision } = failed?.Item ?? {};
      return failed === undefined || (owner?.S === report.owner && Number(revision?.N) === report.revision);
    },

    async lease(id, { revision, owner, now, until }) {
      const update = new UpdateItemCommand({
        TableName,
        Key: keyAttributes(keyOf(id)),
        UpdateExpression: 'SET #owner = :owner, leaseUntil = :until',
        ConditionExpression:
          'revision = :revision AND finished < :revision AND (leaseUntil <= :now OR #owner = :owner)',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: {
          ...{ ':owner': { S: owner }, ':until': { N: `${until}` } },
          ...{ ':revision': { N: `${revision}` }, ':now': { N: `${now}` } },
        },
      });
      return (await outcomeOfWrite(client.send(update))).failed === undefined;
    },

    async finish(id, revision) {
      const update = new UpdateItemCommand({
        TableName,
        Key: keyAttributes(keyOf(id)),
        UpdateExpression: 'SET finished = :revision, revisedAt = if_not_exists(claimedAt, revisedAt)',
        ConditionExpression: 'finished < :revision',
        ExpressionAttributeValues: { ':revision': { N: `${revision}` } },
      });
      await outcomeOfWrite(client.send(update));
    },

    async list(kind, { after, limit }) {
      const from = after === undefined ? {} : { ExclusiveStartKey: keyAttributes(keyOf(after)) };
      const query = { ...partitionQuery(reportsPartition(kind)), ScanIndexForward: false, ConsistentRead: true };
      // One more than asked for: DynamoDB names a next page even if that page is empty.
      const command = new QueryCommand({ TableName, ...query, Limit: limit + 1, ...from });
      const { Items = [], LastEvaluatedKey } = await client.send(command);
      const reports = Items.slice(0, limit).map(storedReport);
      return { reports, next: Items.length > limit || LastEvaluatedKey ? reports.at(-1)?.id : undefined };
    },

    async *listHoldingUsers() {
      for (const kind of REPORT_KINDS) {
        const { ExpressionAttributeValues, ...query } = partitionQuery(reportsPartition(kind));
        const values = { ...ExpressionAttributeValues, ':yes': { BOOL: true } };
        const filter = { FilterExpression: 'holdsUsers = :yes', ExpressionAttributeValues: values };
        for await (const page of queryPages(access, { ...query, ...filter })) yield* page.map(storedReport);
      }
    },

    async findNextDay() {
      return (await getItem(access, SCHEDULE))?.nextDay?.S;
    },

    async moveNextDay({ from, to }) {
      const condition =
        from === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'nextDay = :from', ExpressionAttributeValues: { ':from': { S: from } } };
      const Item = { ...keyAttributes(SCHEDULE), nextDay: { S: to } };
      await outcomeOfWrite(client.send(new PutItemCommand({ TableName, Item, ...condition })));
    },
  };
}

function claimCondition({ revision }: StoredReport): Partial<PutItemCommandInput> {
  const returned = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (revision === 1) return { ...returned, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ...returned,
    ConditionExpression: 'revision = :before AND finished = :before',
    ExpressionAttributeValues: { ':before': { N: `${revision - 1}` } },
  };
}

function keyOf(id: string): TableKey {
  const key = reportKey(id);
  if (!key) throw new RangeError(`${id} is no id of a report`);
  return key;
}
