import { expect } from 'chai';
import { dynamodbNeeds } from './dynamodb-needs.ts';

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
const VALUES = { ':pk': { S: 'a' }, ':sk': { S: 'b' } };

describe('the leading keys of a call of DynamoDB', () => {
  const table: readonly [action: string, body: object, keys: (readonly string[] | undefined)[]][] = [
    ['GetItem', { Key: key('a') }, [['a']]],
    ['PutItem', { Item: { ...key('a'), n: { N: '1' } } }, [['a']]],
    ['Query', { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: VALUES }, [['a']]],
    ['Query', { KeyConditionExpression: '#p=:pk AND sk > :sk', ExpressionAttributeValues: VALUES }, [['a']]],
    ['Scan', {}, [undefined]],
    ['BatchGetItem', { RequestItems: { t: { Keys: [key('a'), key('b')] } } }, [['a', 'b']]],
    [
      'BatchWriteItem',
      { RequestItems: { t: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }] } },
      [['a', 'b']],
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { Item: key('a') } }, { Delete: { Key: key('b') } }] },
      [['a'], ['b']],
    ],
  ];
  for (const [action, body, keys] of table) {
    it(`are ${JSON.stringify(keys)} for ${action} ${JSON.stringify(body)}`, () => {
      const needs = dynamodbNeeds(action, { TableName: 't', ...body }, 'arn:') ?? [];
      expect(needs.map(({ context }) => context?.['dynamodb:LeadingKeys'])).to.deep.equal(keys);
    });
  }
});
