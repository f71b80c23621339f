import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createDynamoWebhooksStore } from './dynamo-webhooks-store.ts';
import { storedWebhook } from './stored-webhook.ts';

/** A store over a table that has this item alone. */
function storeWith(Item: object) {
  const { access, asked } = scriptedTable({ Item });
  const keys = () => asked.map(({ Key }) => Object.values(Key as Record<string, { S: string }>).map(({ S }) => S));
  return { store: createDynamoWebhooksStore(access), keys };
}

describe('the stored form', () => {
  it('of an endpoint is read, of one with everything and of one with little', async () => {
    const least = {
      ...{ pk: { S: 'endpoints' }, sk: { S: 'e1' }, url: { S: 'https://x.example' }, events: { L: [{ S: 'a' }] } },
      ...{ format: { S: 'slack' }, asymmetric: { BOOL: false }, secrets: { L: [] }, createdAt: { N: '7' } },
      ...{ keyId: { S: 'k1' }, failures: { N: '0' }, slow: { BOOL: false } },
      ...{ revision: { N: '0' }, healthRevision: { N: '0' } },
    };
    const health = { firstFailureAt: undefined, failures: 0, slow: false, pausedUntil: undefined, revision: 0 };
    const endpoint = {
      ...{ id: 'e1', url: 'https://x.example', events: ['a'], format: 'slack', asymmetric: false, secrets: [] },
      ...{ createdAt: 7, keyId: 'k1', status: 'enabled', disabled: undefined, health, revision: 0 },
    };
    const { store, keys } = storeWith(least);
    expect(await store.findEndpoint('e1')).to.deep.equal(endpoint);
    expect(keys()).to.deep.equal([['endpoints', 'e1']]);
    const whole = {
      ...{
        ...least,
        format: { S: 'standard' },
        asymmetric: { BOOL: true },
        slow: { BOOL: true },
        failures: { N: '3' },
      },
      secrets: { L: [{ M: { secret: { S: 's2' } } }, { M: { secret: { S: 's1' }, until: { N: '9' } } }] },
      ...{ disabledReason: { S: 'gone' }, disabledSince: { N: '8' }, firstFailureAt: { N: '5' } },
      ...{ pausedUntil: { N: '6' }, revision: { N: '2' }, healthRevision: { N: '4' } },
    };
    const secrets = [
      { secret: 's2', until: undefined },
      { secret: 's1', until: 9 },
    ];
    expect(await storeWith(whole).store.findEndpoint('e1')).to.deep.equal({
      ...{ ...endpoint, format: 'standard', asymmetric: true, secrets, status: 'disabled', revision: 2 },
      disabled: { reason: 'gone', since: 8 },
      health: { firstFailureAt: 5, failures: 3, slow: true, pausedUntil: 6, revision: 4 },
    });
  });

  it('of a message is read', async () => {
    const { store, keys } = storeWith({
      ...{ pk: { S: 'messages' }, sk: { S: 'msg_1' }, type: { S: 'alert.fired' }, timestamp: { N: '7' } },
      ...{ data: { S: '{"firingId":"f1"}' }, expiresAt: { N: '99' } },
    });
    const message = { id: 'msg_1', type: 'alert.fired', timestamp: 7, data: { firingId: 'f1' } };
    expect(await store.findMessage('msg_1')).to.deep.equal(message);
    expect(keys()).to.deep.equal([['messages', 'msg_1']]);
  });

  it('of the time is an item of its own, which is no webhook', async () => {
    const { access, asked } = scriptedTable();
    await createDynamoWebhooksStore(access).markTime(7);
    const item = { pk: { S: 'clock' }, sk: { S: 'time' }, at: { N: '7' } };
    expect(asked).to.deep.equal([{ TableName: 'table', Item: item }]);
    expect(storedWebhook(item)).to.equal(undefined);
  });

  it('of a delivery is read, that of one under way and that of one that failed', async () => {
    const pending = {
      ...{ pk: { S: 'deliveries#e1' }, sk: { S: 'msg_1' }, type: { S: 'user.erased' }, status: { S: 'pending' } },
      ...{ attempt: { N: '0' }, scheduledFrom: { N: '0' }, createdAt: { N: '7' }, nextAttemptAt: { N: '7' } },
      ...{ leaseUntil: { N: '67' }, dueAt: { N: '67' }, dueShard: { S: '1' }, askedAt: { N: '7' } },
      ...{ data: { S: '{"userId":"u_42"}' }, expiresAt: { N: '99' } },
    };
    const ref = { endpointId: 'e1', messageId: 'msg_1' };
    const delivery = {
      ...{ ...ref, type: 'user.erased', status: 'pending', reason: undefined, attempt: 0, scheduledFrom: 0 },
      ...{ attempts: [], nextAttemptAt: 7, leaseUntil: 67, createdAt: 7, data: { userId: 'u_42' } },
    };
    const { store, keys } = storeWith(pending);
    expect(await store.findDelivery(ref)).to.deep.equal(delivery);
    expect(keys()).to.deep.equal([['deliveries#e1', 'msg_1']]);
    const { data: _data, nextAttemptAt: _next, dueAt: _due, dueShard: _shard, ...rest } = pending;
    const attempts = [
      { M: { at: { N: '8' }, status: { N: '500' }, durationMs: { N: '3' }, response: { S: 'no' } } },
      { M: { at: { N: '9' }, error: { S: 'timeout' }, durationMs: { N: '15000' } } },
    ];
    const failed = { ...rest, status: { S: 'failed' }, reason: { S: 'exhausted' }, attempt: { N: '2' } };
    const item = { ...failed, scheduledFrom: { N: '1' }, leaseUntil: { N: '0' }, attempts: { L: attempts } };
    expect(await storeWith(item).store.findDelivery(ref)).to.deep.equal({
      ...{ ...delivery, status: 'failed', reason: 'exhausted', attempt: 2, scheduledFrom: 1, data: undefined },
      ...{ nextAttemptAt: undefined, leaseUntil: undefined },
      attempts: [
        { at: 8, status: 500, error: undefined, durationMs: 3, response: 'no' },
        { at: 9, status: undefined, error: 'timeout', durationMs: 15_000, response: undefined },
      ],
    });
  });
});
