import { expect } from 'chai';
import { readDeliveryMessage, writeDeliveryMessage } from './delivery-message.ts';

describe('a message of the queues of webhooks', () => {
  it('is read as it was written', () => {
    const message = { endpointId: 'w1', messageId: 'msg_1', attempt: 3 };
    expect(readDeliveryMessage(writeDeliveryMessage({ ...message }))).to.deep.equal(message);
  });

  for (const text of [
    '',
    '{}',
    '{"endpointId":"w1","messageId":"msg_1"}',
    '{"endpointId":1,"messageId":"m","attempt":0}',
  ]) {
    it(`is not '${text}'`, () => expect(() => readDeliveryMessage(text)).to.throw());
  }
});
