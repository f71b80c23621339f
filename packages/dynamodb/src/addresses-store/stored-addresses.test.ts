import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createDynamoAddressesStore } from './dynamo-addresses-store.ts';

const ACTIVE = {
  ...{ pk: { S: 'addresses' }, sk: { S: 'ad_1' }, address: { S: 'zoe@shop.example' }, secret: { S: 's' } },
  ...{
    receives: { L: [{ S: 'report.ready' }] },
    status: { S: 'active' },
    createdAt: { N: '7' },
    updatedAt: { N: '8' },
  },
};
const READ = {
  ...{ id: 'ad_1', address: 'zoe@shop.example', receives: ['report.ready'], secret: 's', status: 'active' },
  ...{ reason: undefined, createdAt: 7, updatedAt: 8 },
};

// Items as they are in tables today: a store that no longer reads one of them breaks a stage that has data.
describe('the stored form of an address', () => {
  it('is read, of one that gets mail, one that bounced, and one that is erased', async () => {
    for (const [Item, expected] of [
      [ACTIVE, READ],
      [
        { ...ACTIVE, status: { S: 'bounced' }, reason: { S: '550' } },
        { ...READ, status: 'bounced', reason: '550' },
      ],
      [
        { ...ACTIVE, address: undefined, secret: undefined, receives: { L: [] }, status: { S: 'erased' } },
        { ...READ, address: undefined, secret: undefined, receives: [], status: 'erased' },
      ],
    ] as const) {
      const { access, asked } = scriptedTable({ Item });
      expect(await createDynamoAddressesStore(access).findAddress('ad_1')).to.deep.equal(expected);
      expect(asked[0]).to.deep.include({ Key: { pk: { S: 'addresses' }, sk: { S: 'ad_1' } }, ConsistentRead: true });
    }
  });
});
