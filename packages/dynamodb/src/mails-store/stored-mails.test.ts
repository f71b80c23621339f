import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createDynamoMailsStore } from './dynamo-mails-store.ts';

const ITEM = {
  ...{ pk: { S: 'mails' }, sk: { S: 'm1' }, source: { S: 'al_1-60000' }, at: { N: '5' }, status: { S: 'sent' } },
  ...{
    attempt: { N: '2' },
    uncertain: { N: '1' },
    leaseUntil: { N: '9' },
    sesId: { S: 'ses-1' },
    expiresAt: { N: '10' },
  },
};

describe('the stored form of a claim', () => {
  it('is read', async () => {
    const { access, asked } = scriptedTable({ Item: ITEM });
    expect(await createDynamoMailsStore(access).findMail('m1')).to.deep.equal({
      ...{ id: 'm1', source: 'al_1-60000', at: 5, status: 'sent', attempt: 2, uncertain: 1, leaseUntil: 9 },
      ...{ sesId: 'ses-1', reason: undefined },
    });
    expect(asked[0]).to.deep.include({ Key: { pk: { S: 'mails' }, sk: { S: 'm1' } } });
  });

  it('is read again if another process was first, and the day has room', async () => {
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    const lost = new TransactionCanceledException({ message: 'lost', $metadata: {}, CancellationReasons });
    const { access, asked } = scriptedTable({}, lost, { Item: { mails: { N: '3' } } }, { Item: ITEM });
    const mail = { id: 'm1', source: 'al_1-60000', at: 5, quietMs: 0 };
    expect(await createDynamoMailsStore(access).claimMail(mail, { now: 6, cap: 4 })).to.deep.equal({ kind: 'sent' });
    expect(asked[2]).to.deep.include({ Key: { pk: { S: 'mails#1970-01-01' }, sk: { S: 'count' } } });
  });
});
