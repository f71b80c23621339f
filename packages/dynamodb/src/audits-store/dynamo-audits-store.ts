import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import type { TableAccess } from '../table/table-access.ts';
import { auditItem, auditKey, storedAudit } from './audit-item.ts';
import type { AuditsStore } from './audits-store.ts';

/** Audits in DynamoDB: an item for each day. */
export function createDynamoAuditsStore(access: TableAccess): AuditsStore {
  return {
    async put(audit) {
      const put = new PutItemCommand({
        TableName: access.tableName,
        Item: auditItem(audit),
        ConditionExpression: 'attribute_not_exists(pk) OR auditedAt <= :auditedAt',
        ExpressionAttributeValues: { ':auditedAt': { N: `${audit.auditedAt}` } },
      });
      await outcomeOfWrite(access.client.send(put));
    },

    async find(date) {
      // DynamoDB takes no empty key.
      const item = date === '' ? undefined : await getItem(access, auditKey(date));
      return item && storedAudit(item);
    },
  };
}
