import { openLocalTables, type TableIndex } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { describeDeliveriesStore } from './deliveries/deliveries-store.contract.ts';
import { describeRecoveries } from './deliveries/recoveries.contract.ts';
import { createDynamoWebhooksStore } from './dynamo-webhooks-store.ts';
import { describeEndpointsStore } from './endpoints/endpoints-store.contract.ts';
import { MESSAGE_KEPT_MS } from './messages/message.ts';
import { makeMessageId } from './messages/message-id.ts';

const NOW = 1_796_000_000_000;
const MESSAGE = { id: makeMessageId(NOW, 'x'), type: 'alert.fired', timestamp: NOW, data: { x: 1 } };
const REF = { endpointId: 'e1', messageId: MESSAGE.id };

/** The index of the notifications' table. */
const DUE: TableIndex = {
  attributes: [
    { AttributeName: 'dueShard', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
  ],
  index: {
    IndexName: 'due',
    KeySchema: [
      { AttributeName: 'dueShard', KeyType: 'HASH' },
      { AttributeName: 'dueAt', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['attempt'] },
  },
};

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  const open = async () => createDynamoWebhooksStore(await tables.create(DUE));
  describeEndpointsStore('in DynamoDB', open);
  describeDeliveriesStore('in DynamoDB', open);
  describeRecoveries('in DynamoDB', open);

  it('knows the result of an attempt as its own although the answer to the write was lost', async () => {
    const aws = await tables.aws();
    const store = await open();
    await store.putMessage(MESSAGE, { targets: [{ endpointId: 'e1' }], now: NOW });
    const lease = await store.claim(REF, { attempt: 0, now: NOW, leaseUntil: NOW + 1 });
    aws.addFaults({ match: { service: 'dynamodb', action: 'UpdateItem' }, kind: 'drop-after', times: 1 });
    const attempt = { at: NOW, status: 200, error: undefined, durationMs: 1, response: undefined };
    expect(await store.finish(lease as NonNullable<typeof lease>, { attempt, status: 'delivered' })).to.equal(true);
  });

  it('keeps a message and its deliveries for thirty days, with the data of a person where they are held', async () => {
    const access = await tables.create(DUE);
    const store = createDynamoWebhooksStore(access);
    const made = { id: 'e1', url: 'https://x.example', events: [], format: 'slack', asymmetric: false } as const;
    await store.createEndpoint({ ...made, secrets: [], createdAt: 1, keyId: 'k' });
    await store.updateEndpoint({ id: 'e1', revision: 0 }, { disabled: { reason: 'asked', since: 1 } });
    const targets = [{ endpointId: 'e1', isHeld: true }, { endpointId: 'e2' }];
    await store.putMessage({ ...MESSAGE, kept: {} }, { targets, now: NOW + 9 });
    for (const pk of ['messages', 'deliveries#e1', 'deliveries#e2']) {
      const item = await getItem(access, { pk, sk: MESSAGE.id });
      expect(item?.expiresAt?.N, pk).to.equal(`${(NOW + MESSAGE_KEPT_MS) / 1000}`);
    }
    expect(await store.findDelivery(REF)).to.deep.include({ status: 'held', data: MESSAGE.data });
  });
});
