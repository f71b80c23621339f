import { expect } from 'chai';
import { ItemUpdate } from './item-update.ts';

describe('ItemUpdate', () => {
  it('puts clauses of one kind together, and writes no name and no value literally', () => {
    const update = new ItemUpdate()
      .set('status', 'done')
      .add('items archive', 2)
      .set('at archive', 300)
      .remove('userId');
    expect(update.build()).to.deep.equal({
      UpdateExpression: 'SET #n0 = :v0, #n2 = :v2 ADD #n1 :v1 REMOVE #n3',
      ExpressionAttributeNames: { '#n0': 'status', '#n1': 'items archive', '#n2': 'at archive', '#n3': 'userId' },
      ExpressionAttributeValues: { ':v0': { S: 'done' }, ':v1': { N: '2' }, ':v2': { N: '300' } },
    });
  });

  it('may be of one value', () => {
    expect(new ItemUpdate().set('number', 1).build()).to.deep.equal({
      UpdateExpression: 'SET #n0 = :v0',
      ExpressionAttributeNames: { '#n0': 'number' },
      ExpressionAttributeValues: { ':v0': { N: '1' } },
    });
  });

  it('gives an attribute one alias, whatever is done with it', () => {
    const update = new ItemUpdate().set('revision', 8).when('revision', '=', 7);
    expect(update.build()).to.deep.equal({
      UpdateExpression: 'SET #n0 = :v0',
      ConditionExpression: '#n0 = :v1',
      ExpressionAttributeNames: { '#n0': 'revision' },
      ExpressionAttributeValues: { ':v0': { N: '8' }, ':v1': { N: '7' } },
    });
  });

  it('wants all of its conditions', () => {
    const update = new ItemUpdate().when('pass', '<', 3).when('status', '<>', 'done');
    expect(update.buildCondition().ConditionExpression).to.equal('#n0 < :v0 AND #n1 <> :v1');
    const either = new ItemUpdate().whenThere().whenMissingOr('pass', '<=', 3).when('pass', '<', 4);
    expect(either.buildCondition().ConditionExpression).to.equal(
      'attribute_exists(#n0) AND (attribute_not_exists(#n1) OR #n1 <= :v0) AND #n1 < :v1',
    );
  });

  it('has no empty expressions, which DynamoDB refuses', () => {
    expect(new ItemUpdate().remove('userId').build()).to.have.all.keys('UpdateExpression', 'ExpressionAttributeNames');
    expect(new ItemUpdate().whenNew().buildCondition()).to.deep.equal({
      ConditionExpression: 'attribute_not_exists(#n0)',
      ExpressionAttributeNames: { '#n0': 'pk' },
    });
  });
});
