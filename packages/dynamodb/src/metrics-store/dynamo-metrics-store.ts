import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite, putOnce } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { beforeQuery, partitionQuery, pastQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { createLogStore } from './dynamo-log-store.ts';
import { createRowStore } from './dynamo-row-store.ts';
import { runKey, runPartition, SECRET_KEY, SLOTS_PARTITION, slotKey } from './keys.ts';
import type { ActionSlots, ArchiveRun, ArchiveRuns, HashSecret, MetricsStore } from './metrics-store.ts';
import { createProgressStore } from './progress-store.ts';

const RUNS_PER_PAGE = 1000;

/** The `metrics` table in DynamoDB. */
export function createDynamoMetricsStore(access: TableAccess): MetricsStore {
  return {
    ...createLogStore(access),
    ...createRowStore(access),
    ...createActionSlots(access),
    ...createHashSecret(access),
    ...createRuns(access),
    ...createProgressStore(access),
  };
}

function createActionSlots(access: TableAccess): ActionSlots {
  return {
    async readSlots(after) {
      const actions: string[] = [];
      const query = after < 0 ? partitionQuery(SLOTS_PARTITION) : pastQuery(slotKey(after));
      for await (const page of queryPages(access, query)) actions.push(...page.map(({ action }) => action?.S ?? ''));
      return actions;
    },
    takeSlot: (slot, action) => putOnce(access, slotKey(slot), { action: { S: action } }),
  };
}

function createHashSecret({ client, tableName }: TableAccess): HashSecret {
  return {
    async keepSecret(candidate) {
      const put = new PutItemCommand({
        TableName: tableName,
        Item: { ...keyAttributes(SECRET_KEY), secret: { S: candidate } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const { failed } = await outcomeOfWrite(client.send(put));
      if (failed === undefined) return candidate;
      const kept = failed.Item?.secret?.S;
      if (kept === undefined) throw failed;
      return kept;
    },
  };
}

function createRuns(access: TableAccess): ArchiveRuns {
  return {
    async newestRuns(logId, limit, before) {
      const runs: ArchiveRun[] = [];
      const query = before === undefined ? partitionQuery(runPartition(logId)) : beforeQuery(runKey(logId, before));
      const order = { ScanIndexForward: false, Limit: Math.min(limit, RUNS_PER_PAGE) };
      for await (const page of queryPages(access, { ...query, ...order })) {
        runs.push(...page.map((item) => archiveRun(logId, item)));
        if (runs.length >= limit) break;
      }
      return runs.slice(0, limit);
    },

    async findRun(logId, from) {
      const item = await getItem(access, runKey(logId, from));
      return item && archiveRun(logId, item);
    },

    addRun: ({ logId, from, to, hour, digest }) =>
      putOnce(access, runKey(logId, from), {
        to: { N: String(to) },
        hour: { N: String(hour) },
        digest: { S: digest },
        swept: { BOOL: false },
      }),

    async markSwept({ logId, from }) {
      await access.client.send(
        new UpdateItemCommand({
          TableName: access.tableName,
          Key: keyAttributes(runKey(logId, from)),
          UpdateExpression: 'SET swept = :true',
          ExpressionAttributeValues: { ':true': { BOOL: true } },
        }),
      );
    },
  };
}

function archiveRun(logId: string, item: TableItem): ArchiveRun {
  return {
    logId,
    from: Number(item.sk?.S),
    to: Number(item.to?.N),
    hour: Number(item.hour?.N),
    digest: item.digest?.S ?? '',
    swept: item.swept?.BOOL ?? false,
  };
}
