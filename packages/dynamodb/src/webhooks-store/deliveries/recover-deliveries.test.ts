import { expect } from 'chai';
import { scriptedTable } from '../../testing/scripted-table.ts';
import { makeMessageId, messageTime } from '../messages/message-id.ts';
import { recoverDeliveries } from './recover-deliveries.ts';

const held = (time: number) => ({
  ...{ pk: { S: 'deliveries#e1' }, sk: { S: makeMessageId(time, 'a') }, type: { S: 'a' }, status: { S: 'held' } },
  ...{ attempt: { N: '0' }, scheduledFrom: { N: '0' }, createdAt: { N: '1' }, leaseUntil: { N: '0' } },
});

/** Recovers the deliveries of so many milliseconds, of which the writes of some are throttled. */
async function recover(number: number, isThrottled: (time: number) => boolean) {
  const items = Array.from({ length: number }, (_, time) => held(time));
  const { access } = scriptedTable(({ Key }: { Key?: { sk: { S: string } } }) => {
    if (!Key) return { Items: items };
    return isThrottled(messageTime(Key.sk.S)) ? new Error('throttled') : { Attributes: {} };
  });
  const range = { since: 0, until: number, now: 9, limit: 100 };
  return recoverDeliveries(access, 'e1', range).catch(({ message }: Error) => message);
}

describe('a recovery that is throttled', () => {
  it('tells what it did, and from where to go on', async () => {
    expect(await recover(60, (time) => time >= 30)).to.deep.equal({ count: 30, next: 30 });
    expect(await recover(60, (time) => time >= 25)).to.deep.equal({ count: 25, next: 25 });
    expect(await recover(30, (time) => time === 28)).to.deep.equal({ count: 29, next: 28 });
  });

  it('fails if it could do nothing', async () => {
    expect(await recover(60, () => true)).to.equal('throttled');
  });
});
