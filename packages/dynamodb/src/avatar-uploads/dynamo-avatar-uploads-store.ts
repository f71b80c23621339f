import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { UsersTableAccess } from '../users-store/index.ts';
import type { AvatarUpload, AvatarUploadsStore, UploadName } from './avatar-uploads-store.ts';

type Item = Record<string, AttributeValue>;

const FORGOTTEN_AT_ONCE = 25;

/** Uploads in the users' table: all of one owner in one partition, and gone by themselves once nobody waits for them. */
export function createDynamoAvatarUploadsStore({
  client,
  tableName: TableName,
}: UsersTableAccess & { readonly client: DynamoDBClient }): AvatarUploadsStore {
  const withdraw = async (name: UploadName) => {
    const Key = uploadKey(name);
    const update = { TableName, Key, UpdateExpression: 'REMOVE userId', ConditionExpression: 'attribute_exists(pk)' };
    try {
      await client.send(new UpdateItemCommand(update));
    } catch (error) {
      // It expired meanwhile.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    async create(upload) {
      await client.send(new PutItemCommand({ TableName, Item: uploadItem(upload) }));
    },

    async find(name) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: uploadKey(name), ConsistentRead: true }));
      return Item && storedUpload(Item);
    },

    async listNames(owner) {
      const query = {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partitionOf(owner) } },
        ProjectionExpression: 'sk',
      };
      const names: UploadName[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        for (const { sk } of Items) names.push({ owner, uploadId: sk?.S ?? '' });
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

function uploadKey({ owner, uploadId }: UploadName): Item {
  return { pk: { S: partitionOf(owner) }, sk: { S: uploadId } };
}

function uploadItem(upload: AvatarUpload & { readonly userId: string }): Item {
  return {
    ...uploadKey(upload),
    userId: { S: upload.userId },
    contentType: { S: upload.contentType },
    bytes: { N: String(upload.bytes) },
    // DynamoDB expires by seconds.
    expiresAt: { N: String(Math.ceil(upload.keptUntil / 1000)) },
  };
}

function storedUpload(item: Item): AvatarUpload {
  return {
    owner: item.pk?.S?.slice(partitionOf('').length) ?? '',
    uploadId: item.sk?.S ?? '',
    userId: item.userId?.S,
    contentType: item.contentType?.S ?? '',
    bytes: Number(item.bytes?.N),
    keptUntil: Number(item.expiresAt?.N) * 1000,
  };
}
