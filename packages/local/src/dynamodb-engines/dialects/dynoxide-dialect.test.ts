import { expect } from 'chai';
import { dynoxideDialect } from './dynoxide-dialect.ts';

const { refusal, respell, corrections } = dynoxideDialect;

describe("dynoxide's dialect", () => {
  it('asks for a prefix of a text as a range, and leaves the rest of the query alone', () => {
    const query = {
      TableName: 't',
      KeyConditionExpression: '#p = :p AND begins_with ( #s , :s )',
      FilterExpression: 'begins_with(v, :s)',
      ExpressionAttributeValues: { ':p': { S: 'p' }, ':s': { S: '$&a' } },
    };
    const { KeyConditionExpression, ExpressionAttributeValues, ...rest } = respell?.('Query', query) ?? {};
    expect(KeyConditionExpression).to.equal('#p = :p AND #s BETWEEN :s AND :weirPrefixEnd');
    const { ':weirPrefixEnd': end, ...values } = ExpressionAttributeValues as Record<string, { S: string }>;
    expect(values).to.deep.equal(query.ExpressionAttributeValues);
    expect(end?.S.startsWith('$&a\u{10ffff}')).to.equal(true);
    expect(rest).to.deep.equal({ TableName: 't', FilterExpression: 'begins_with(v, :s)' });
  });

  for (const query of [
    { KeyConditionExpression: 'p = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } },
    { KeyConditionExpression: 'p = :p AND begins_with(s, :s)', ExpressionAttributeValues: { ':s': { B: 'AA==' } } },
    { KeyConditionExpression: 'p = :p AND begins_with(s, :s)' },
    {},
  ]) {
    it(`sends on as it is ${JSON.stringify(query)}`, () => {
      expect(respell?.('Query', query)).to.equal(query);
    });
  }

  it('respells each statement of a batch and of a transaction, and passes over what is none', () => {
    const Statement = 'UPDATE t SET a = ? SET b = ? WHERE k = ?';
    const respelled = { Statement: 'UPDATE t SET a = ?, b = ? WHERE k = ?', Parameters: [1] };
    const list = [{ Statement, Parameters: [1] }, {}];
    expect(respell?.('BatchExecuteStatement', { Statements: list })).to.deep.equal({ Statements: [respelled, {}] });
    const transaction = respell?.('ExecuteTransaction', { TransactStatements: list });
    expect(transaction).to.deep.equal({ TransactStatements: [respelled, {}] });
    expect(respell?.('BatchExecuteStatement', { Statements: 7 })).to.deep.equal({ Statements: 7 });
  });

  it('refuses what dynoxide would answer in the wrong order, and names the way out', () => {
    const of = (Statement: string) => refusal?.('ExecuteStatement', { Statement });
    expect(of('SELECT * FROM t WHERE k = ? ORDER BY s DESC')).to.match(/WEIR_DYNAMODB_ENGINE=dynamodb-local/);
    expect(of('SELECT * FROM t WHERE k = ?')).to.equal(undefined);
    expect(refusal?.('Query', {})).to.equal(undefined);
  });

  it('labels a stream by the time at which it was made, as AWS does', () => {
    const label = '1795992186.826845884';
    const time = '2026-11-29T22:43:06.826';
    const Table = { LatestStreamLabel: label, TableName: 't' };
    expect(corrections?.DescribeTable?.({ Table })).to.deep.equal({ Table: { ...Table, LatestStreamLabel: time } });
    const other = { Table: { TableName: 't' } };
    expect(corrections?.DescribeTable?.(other)).to.deep.equal(other);
    const Streams = [{ StreamArn: 'a', StreamLabel: label }];
    const listed = corrections?.ListStreams?.({ Streams, LastEvaluatedStreamArn: 'a' });
    expect(listed).to.deep.equal({ LastEvaluatedStreamArn: 'a', Streams: [{ StreamArn: 'a', StreamLabel: time }] });
  });

  it('hands on only records of a change', () => {
    const record = (OldImage: object | undefined, NewImage: object | undefined) => ({
      eventName: 'MODIFY',
      dynamodb: { OldImage, NewImage },
    });
    const a = { v: { M: { x: { N: '1' }, y: { N: '2' } } } };
    const sameInOtherOrder = { v: { M: { y: { N: '2' }, x: { N: '1' } } } };
    const changes = [
      record(undefined, a),
      record(a, undefined),
      record(a, { v: { N: '1' } }),
      record(undefined, undefined),
    ];
    const answer = { Records: [...changes, record(a, sameInOtherOrder)], NextShardIterator: 'n' };
    expect(corrections?.GetRecords?.(answer)).to.deep.equal({ Records: changes, NextShardIterator: 'n' });
  });
});
