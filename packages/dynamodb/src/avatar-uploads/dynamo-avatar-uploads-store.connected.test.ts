import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { describeAvatarUploadsStore } from './avatar-uploads-store.contract.ts';
import { createDynamoAvatarUploadsStore } from './dynamo-avatar-uploads-store.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeAvatarUploadsStore('in DynamoDB', async () => createDynamoAvatarUploadsStore(await tables.create()));

  it('lets an upload expire by the time-to-live of the table, in seconds', async () => {
    const { client, tableName: TableName } = await tables.create();
    const upload = { owner: 'a', uploadId: '1', userId: 'u', contentType: 'image/png', bytes: 1, keptUntil: 5_000_500 };
    await createDynamoAvatarUploadsStore({ client, tableName: TableName }).create(upload);
    const Key = { pk: { S: 'avatar#a' }, sk: { S: '1' } };
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.expiresAt).to.deep.equal({ N: '5001' });
  });
});
