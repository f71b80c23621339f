import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { describeWithMoto, type MotoServer, startMoto } from '../testing/moto-server.ts';
import { protectTable } from './protect-table.ts';

describeWithMoto('the protection of a table', function () {
  this.timeout(120_000);
  let moto: MotoServer;

  before(async () => {
    moto = await startMoto();
  });

  after(() => moto?.close());

  it('keeps the table, until it is taken away, and is set only once', async () => {
    const client = new DynamoDBClient(moto.config);
    const TableName = 'weir-test-users';
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    expect([await protectTable(client, TableName, true), await protectTable(client, TableName, true)]).to.deep.equal([
      ...[true, false],
    ]);
    const refused = await client.send(new DeleteTableCommand({ TableName })).catch((error) => error);
    expect(refused).to.be.instanceOf(Error);
    expect(await protectTable(client, TableName, false)).to.equal(true);
    await client.send(new DeleteTableCommand({ TableName }));
  });
});
