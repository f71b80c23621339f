import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { PROGRESS_KEY } from './keys.ts';
import type { ProgressStore } from './metrics-store.ts';

export type { Progress, ProgressStore } from './metrics-store.ts';

/** The progress in DynamoDB. It is read by a consistent query: the roles of readers allow nothing else. */
export function createProgressStore(access: TableAccess): ProgressStore {
  return {
    async readProgress() {
      for await (const [item] of queryPages(access, partitionQuery(PROGRESS_KEY.pk))) {
        if (item) return { closedUpTo: Number(item.closedUpTo?.N), at: Number(item.at?.N) };
      }
      return undefined;
    },

    async writeProgress({ closedUpTo, at }) {
      const put = new PutItemCommand({
        TableName: access.tableName,
        Item: { ...keyAttributes(PROGRESS_KEY), closedUpTo: { N: `${closedUpTo}` }, at: { N: `${at}` } },
        ConditionExpression: 'attribute_not_exists(pk) OR closedUpTo < :closedUpTo',
        ExpressionAttributeValues: { ':closedUpTo': { N: `${closedUpTo}` } },
      });
      const { failed } = await outcomeOfWrite(access.client.send(put));
      return failed === undefined;
    },
  };
}
