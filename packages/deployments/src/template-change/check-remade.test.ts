import { expect } from 'chai';
import { checkRemade } from './check-remade.ts';

const template = (Type: string, Properties: object, DeletionPolicy?: string) => ({
  Resources: { Thing: { Type, Properties: { ...Properties }, ...(DeletionPolicy && { DeletionPolicy }) } },
});

describe('a stack that is made anew', () => {
  const cases: readonly [string, ReturnType<typeof template>, readonly string[]][] = [
    ['finds a name free that went with the old one', template('AWS::DynamoDB::Table', { TableName: 'a' }), []],
    [
      'finds a name taken that was left behind',
      template('AWS::DynamoDB::Table', { TableName: 'a' }, 'RetainExceptOnCreate'),
      ['left-behind refused'],
    ],
    ['waits a minute for the name of a queue', template('AWS::SQS::Queue', { QueueName: 'a' }), ['name-waits limited']],
    ['is not in the way of itself where AWS makes up the name', template('AWS::SQS::Queue', {}, 'Retain'), []],
    [
      'is not in the way of itself where the name is of the stack',
      template('AWS::S3::Bucket', { BucketName: { Ref: 'AWS::StackName' } }, 'Retain'),
      [],
    ],
  ];
  for (const [name, thing, expected] of cases) {
    it(name, () => {
      expect(checkRemade(thing, thing).map(({ rule, effect }) => `${rule} ${effect}`)).to.deep.equal(expected);
    });
  }
});
