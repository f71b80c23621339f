import { expect } from 'chai';
import type { Reply } from '../../aws-calls/aws-call.ts';
import { createCapacityMeter } from './capacity-meter.ts';

type Json = Readonly<Record<string, unknown>>;

const replyOf = (body: object, status = 200): Reply => {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
};
const jsonOf = ({ body }: { readonly body: Buffer }) => JSON.parse(body.toString()) as Json;
const item = (bytes: number) => ({ pk: { S: 'a' }, v: { S: 'x'.repeat(bytes - 4) } });

/** The tables hold one item of this many bytes under each key. */
function meterOver(bytes: number) {
  return createCapacityMeter(async (action) => {
    if (action === 'DescribeTable') return replyOf({ Table: { KeySchema: [{ AttributeName: 'pk' }] } });
    return replyOf({ Item: item(bytes) });
  });
}

/** Makes a call that gets this answer; returns what was sent, what the caller gets, and what it consumed. */
async function metered(action: string, json: Json, reply: Reply) {
  const call = meterOver(1500).meter(action, json, Buffer.from(JSON.stringify(json)));
  const { reply: got, units } = await call.settle(reply);
  return { sent: jsonOf(call), got, units };
}

describe('the units of a call that DynamoDB Local reports', () => {
  for (const [action, units] of [
    ['GetItem', { readUnits: 3, writeUnits: 0 }],
    ['Scan', { readUnits: 3, writeUnits: 0 }],
    ['PutItem', { readUnits: 0, writeUnits: 3 }],
    ['DeleteItem', { readUnits: 0, writeUnits: 3 }],
  ] as const) {
    it(`are asked for and taken out of the answer again: ${action}`, async () => {
      const answer = replyOf({ Item: {}, ConsumedCapacity: { CapacityUnits: 3 } });
      const found = await metered(action, { TableName: 't' }, answer);
      expect(found.sent).to.deep.equal({ TableName: 't', ReturnConsumedCapacity: 'TOTAL' });
      expect(jsonOf(found.got)).to.deep.equal({ Item: {} });
      expect(found.units).to.deep.equal(units);
    });
  }

  for (const asked of ['TOTAL', 'INDEXES']) {
    it(`are left in the answer for a caller that asks for ${asked}`, async () => {
      const answer = replyOf({ ConsumedCapacity: { CapacityUnits: 3 } });
      const found = await metered('Query', { ReturnConsumedCapacity: asked }, answer);
      expect(found.sent).to.deep.equal({ ReturnConsumedCapacity: asked });
      expect(found.got).to.equal(answer);
      expect(found.units.readUnits).to.equal(3);
    });
  }

  it('are removed for a caller that asks for NONE', async () => {
    const answer = replyOf({ ConsumedCapacity: { CapacityUnits: 3 } });
    const found = await metered('Query', { ReturnConsumedCapacity: 'NONE' }, answer);
    expect([found.sent, jsonOf(found.got)]).to.deep.equal([{ ReturnConsumedCapacity: 'TOTAL' }, {}]);
  });

  it('of a batch are those of all its tables', async () => {
    const answer = replyOf({ ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 5 }, {}] });
    expect((await metered('BatchWriteItem', {}, answer)).units).to.deep.equal({ readUnits: 0, writeUnits: 7 });
  });

  for (const [action, json, readUnits] of [
    ['GetItem', {}, 0.5],
    ['Query', { ConsistentRead: true }, 1],
    ['Scan', { ConsistentRead: false }, 0.5],
    ['BatchGetItem', {}, 0],
  ] as const) {
    it(`of ${action} ${JSON.stringify(json)} that finds nothing are ${readUnits}`, async () => {
      const answer = replyOf({ ConsumedCapacity: { CapacityUnits: 0 } });
      expect((await metered(action, json, answer)).units.readUnits).to.equal(readUnits);
    });
  }
});

describe('the units of a condition that fails', () => {
  const failed = (Item?: object) =>
    replyOf({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', ...(Item && { Item }) }, 400);
  const put = (bytes: number) => ({ Item: item(bytes), ConditionExpression: 'attribute_not_exists(pk)' });

  for (const [there, wanted, writeUnits] of [
    [5000, 10, 5],
    [10, 3000, 3],
    [0, 10, 1],
  ] as const) {
    it(`of ${wanted} bytes over ${there} are ${writeUnits}`, async () => {
      const found = await metered('PutItem', put(wanted), failed(there === 0 ? undefined : item(there)));
      expect(found.units).to.deep.equal({ readUnits: 0, writeUnits });
    });
  }

  it('are found by the old item, which the caller does not see', async () => {
    const found = await metered('PutItem', put(10), failed(item(10)));
    expect(found.sent).to.include({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    expect(jsonOf(found.got)).to.have.all.keys('__type');
    expect(found.got.status).to.equal(400);
  });

  it('leave the old item to a caller that asks for it', async () => {
    const answer = failed(item(10));
    const json = { ...put(10), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect((await metered('PutItem', json, answer)).got).to.equal(answer);
  });

  it('of an update count the key, which DynamoDB Local leaves out of the old item', async () => {
    const json = { Key: { pk: { S: 'x'.repeat(1000) } }, ConditionExpression: 'n = 1' };
    const found = await metered('UpdateItem', json, failed({ v: { S: 'y'.repeat(100) } }));
    expect(found.units.writeUnits).to.equal(2);
  });

  for (const code of ['ValidationException', 'ResourceNotFoundException']) {
    it(`are none of a call that is refused with ${code}`, async () => {
      const found = await metered('PutItem', put(3000), replyOf({ __type: code }, 400));
      expect(found.units).to.deep.equal({ readUnits: 0, writeUnits: 0 });
    });
  }
});

describe('the units that DynamoDB Local does not report', () => {
  const update = { Statement: 'UPDATE "t" SET "v" = ? WHERE "pk" = ?', Parameters: [{ S: 'v' }, { S: 'a' }] };
  const select = { Statement: 'SELECT * FROM "t" WHERE "pk" = ?', Parameters: [{ S: 'a' }] };

  for (const [action, json, reply, units] of [
    ['ExecuteStatement', update, {}, { readUnits: 0, writeUnits: 2 }],
    ['BatchExecuteStatement', { Statements: [update, update] }, {}, { readUnits: 0, writeUnits: 4 }],
    ['ExecuteTransaction', { TransactStatements: [update] }, {}, { readUnits: 0, writeUnits: 4 }],
    ['ExecuteStatement', select, { Items: [item(3000), item(3000)] }, { readUnits: 1, writeUnits: 0 }],
    [
      'ExecuteStatement',
      { ...select, ConsistentRead: true },
      { Items: [item(3000), item(3000)] },
      { readUnits: 2, writeUnits: 0 },
    ],
    [
      'BatchExecuteStatement',
      { Statements: [select, select] },
      { Responses: [{ Item: item(5000) }, {}] },
      { readUnits: 1.5, writeUnits: 0 },
    ],
    [
      'ExecuteTransaction',
      { TransactStatements: [select] },
      { Responses: [{ Item: item(10) }] },
      { readUnits: 2, writeUnits: 0 },
    ],
    ['ExecuteStatement', { Statement: 'EXPLAIN' }, {}, { readUnits: 0, writeUnits: 0 }],
  ] as const) {
    it(`of ${action} are ${JSON.stringify(units)} for ${JSON.stringify(json).length} bytes of ${JSON.stringify(json).slice(0, 40)}…`, async () => {
      const answer = replyOf(reply);
      const found = await metered(action, json as Json, answer);
      expect(found.units).to.deep.equal(units);
      expect(found.got).to.equal(answer);
      expect(found.sent).to.deep.equal(json);
    });
  }

  it('of a SELECT that is refused are none', async () => {
    const found = await metered('ExecuteStatement', select, replyOf({ __type: 'ValidationException' }, 400));
    expect(found.units).to.deep.equal({ readUnits: 0, writeUnits: 0 });
  });

  it('of a transaction are twice those of each write and each check, done or cancelled', async () => {
    const TransactItems = [
      { Put: { TableName: 't', Item: item(4000) } },
      { Update: { TableName: 't', Key: { pk: { S: 'a' } } } },
      { Delete: { TableName: 't', Key: { pk: { S: 'a' } } } },
      { ConditionCheck: { TableName: 't', Key: { pk: { S: 'a' } } } },
      {},
    ];
    const expected = { readUnits: 0, writeUnits: 2 * (4 + 2 + 2 + 2) };
    expect((await metered('TransactWriteItems', { TransactItems }, replyOf({}))).units).to.deep.equal(expected);
    const cancelled = replyOf({ __type: 'TransactionCanceledException' }, 400);
    expect((await metered('TransactWriteItems', { TransactItems }, cancelled)).units).to.deep.equal(expected);
  });

  it('of calls that consume nothing are none', async () => {
    const found = await metered('DescribeTable', { TableName: 't' }, replyOf({ Table: {} }));
    expect(found.units).to.deep.equal({ readUnits: 0, writeUnits: 0 });
    expect(found.sent).to.deep.equal({ TableName: 't' });
  });
});
