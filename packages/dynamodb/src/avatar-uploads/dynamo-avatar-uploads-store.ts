import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';
import type { AvatarUpload, AvatarUploadsStore, UploadName } from './avatar-uploads-store.ts';

const FORGOTTEN_AT_ONCE = 25;

/**
 * Uploads in the users' table: all uploads of one owner are in one partition, and expire once nobody waits for them.
 */
export function createDynamoAvatarUploadsStore(access: TableAccess): AvatarUploadsStore {
  const { client, tableName: TableName } = access;
  const withdraw = async (name: UploadName) => {
    const Key = keyAttributes(uploadKey(name));
    const update = { TableName, Key, UpdateExpression: 'REMOVE userId', ConditionExpression: 'attribute_exists(pk)' };
    // If the condition fails, the upload expired in the meantime.
    await outcomeOfWrite(client.send(new UpdateItemCommand(update)));
  };

  return {
    async create(upload) {
      await client.send(new PutItemCommand({ TableName, Item: uploadItem(upload) }));
    },

    async find(name) {
      const item = await getItem(access, uploadKey(name));
      return item && storedUpload(item);
    },

    async listNames(owner) {
      const query = { ...partitionQuery(partitionOf(owner)), ProjectionExpression: 'sk' };
      const names: UploadName[] = [];
      for await (const page of queryPages(access, query)) {
        for (const { sk } of page) names.push({ owner, uploadId: sk?.S ?? '' });
      }
      return names;
    },

    async forget(names) {
      for (let from = 0; from < names.length; from += FORGOTTEN_AT_ONCE) {
        await Promise.all(names.slice(from, from + FORGOTTEN_AT_ONCE).map(withdraw));
      }
    },
  };
}

function partitionOf(owner: string): string {
  return `avatar#${owner}`;
}

function uploadKey({ owner, uploadId }: UploadName): TableKey {
  return { pk: partitionOf(owner), sk: uploadId };
}

function uploadItem(upload: AvatarUpload & { readonly userId: string }): TableItem {
  return {
    ...keyAttributes(uploadKey(upload)),
    userId: { S: upload.userId },
    contentType: { S: upload.contentType },
    bytes: { N: String(upload.bytes) },
    // DynamoDB expires by seconds.
    expiresAt: { N: String(Math.ceil(upload.keptUntil / 1000)) },
  };
}

function storedUpload(item: TableItem): AvatarUpload {
  return {
    owner: item.pk?.S?.slice(partitionOf('').length) ?? '',
    uploadId: item.sk?.S ?? '',
    userId: item.userId?.S,
    contentType: item.contentType?.S ?? '',
    bytes: Number(item.bytes?.N),
    keptUntil: Number(item.expiresAt?.N) * 1000,
  };
}
