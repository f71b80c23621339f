import type { DynamoDBRecord } from 'aws-lambda';
import { expect } from 'chai';
import { readChange } from './read-change.ts';

const ofText = (text: string) => ({ S: text });
const ofNumber = (number: number) => ({ N: `${number}` });
const firing = { pk: ofText('firings#a1'), sk: ofText('000'), firing: ofText('{"id":"a1-0","notified":true}') };
const endpoint = {
  pk: ofText('endpoints'),
  sk: ofText('w1'),
  url: ofText('https://w1.example/'),
  revision: ofNumber(2),
};
const delivery = {
  pk: ofText('deliveries#w1'),
  sk: ofText('msg_1'),
  type: ofText('alert.fired'),
  status: ofText('pending'),
  attempt: ofNumber(3),
};

const changeOf = (NewImage: object | undefined, OldImage?: object) =>
  readChange({ dynamodb: { NewImage, OldImage } } as DynamoDBRecord);

describe('a record of the stream of notifications', () => {
  it('says that a rule fired, and that it recovered', () => {
    const recovered = { ...firing, recovery: ofText('{"recoveredAt":5}') };
    expect(changeOf(firing)).to.deep.equal({
      ...{ kind: 'firing', before: undefined, after: { id: 'a1-0', notified: true } },
    });
    expect(changeOf(recovered, firing)).to.deep.equal({
      ...{ kind: 'firing', before: { id: 'a1-0', notified: true } },
      after: { id: 'a1-0', notified: true, recovery: { recoveredAt: 5 } },
    });
  });

  it('says that a firing is told later', () => {
    const untold = { ...firing, firing: ofText('{"id":"a1-0","notified":false}') };
    expect(changeOf({ ...untold, told: { BOOL: true } }, untold)).to.deep.equal({
      ...{ kind: 'firing', before: { id: 'a1-0', notified: false } },
      after: { id: 'a1-0', notified: true },
    });
  });

  it('says that an endpoint was disabled', () => {
    const disabled = { ...endpoint, disabledReason: ofText('gone'), disabledSince: ofNumber(7) };
    const change = changeOf(disabled, endpoint);
    expect(change).to.have.nested.property('before.status', 'enabled');
    expect(change?.after).to.deep.include({ id: 'w1', disabled: { reason: 'gone', since: 7 } });
  });

  it('says that a delivery is asked for', () => {
    expect(changeOf({ ...delivery, askedAt: ofNumber(9) }, delivery)?.after).to.include({
      messageId: 'msg_1',
      isAsked: true,
    });
    expect(changeOf(delivery)?.after).to.include({ endpointId: 'w1', attempt: 3, isAsked: false });
  });

  it('says nothing of other items, and of removals', () => {
    expect(changeOf({ pk: ofText('alerts'), sk: ofText('a1') })).to.equal(undefined);
    expect(changeOf({ pk: ofText('messages'), sk: ofText('msg_1') })).to.equal(undefined);
    expect(changeOf(undefined, delivery)).to.equal(undefined);
  });
});
