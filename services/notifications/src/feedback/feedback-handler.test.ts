import { addressIdOf } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, SNSEvent } from 'aws-lambda';
import { expect } from 'chai';
import { createFeedbackHandler } from './feedback-handler.ts';

const ADDRESS = 'zoe@shop.example';
const ID = addressIdOf(ADDRESS);
const bounce = (bounceType: string, emailAddress = ADDRESS) => ({
  ...{ eventType: 'Bounce', bounce: { bounceType, bouncedRecipients: [{ emailAddress, status: '5.1.1' }] } },
});
const COMPLAINT = {
  ...{ eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: ADDRESS }] } },
};

async function createRoom() {
  const counted: string[] = [];
  const addresses = createMemoryAddressesStore();
  await addresses.addAddress({ id: ID, address: ADDRESS, receives: [], secret: 's', createdAt: 1 }, 10);
  const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
  const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
  const handler = createFeedbackHandler(telemetry, { addresses, now: () => 9 });
  const tell = (...events: readonly object[]) => {
    const Records = events.map((event) => ({ Sns: { Message: JSON.stringify(event) } }));
    return handler({ Records } as SNSEvent, {} as Context);
  };
  return { counted, addresses, tell };
}

describe('the function that hears of bounces and complaints', () => {
  it('ends an address by the first that is final, however it is written', async () => {
    const { counted, addresses, tell } = await createRoom();
    await tell(bounce('Transient'), bounce('Permanent', 'ZOE@shop.example'), COMPLAINT, bounce('Permanent'));
    expect(await addresses.findAddress(ID)).to.include({ status: 'bounced', reason: '5.1.1', updatedAt: 9 });
    expect(counted).to.deep.equal(['MailsBounced', 'MailsBounced', 'MailsComplained', 'MailsBounced']);
  });

  it('leaves an address alone that is gone, or was never there', async () => {
    const { addresses, tell } = await createRoom();
    await addresses.removeAddress(ID);
    await tell(bounce('Permanent'), COMPLAINT);
    expect(await addresses.findAddress(ID)).to.equal(undefined);
  });

  it('costs no metric for other events, and throws if a text is none', async () => {
    const { counted, tell } = await createRoom();
    await tell({ eventType: 'Delivery' });
    expect(counted).to.deep.equal([]);
    expect(await tell({ hello: 1 }).catch(({ message }: Error) => message)).to.equal('this is no event of SES');
  });

  it('throws if the table is down, so that the event comes again', async () => {
    const { addresses, tell } = await createRoom();
    addresses.endAddress = () => Promise.reject(new Error('down'));
    expect(await tell(COMPLAINT).catch(({ message }: Error) => message)).to.equal('down');
  });
});
