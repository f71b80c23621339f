import { decodeRecords } from '@weir/events';
import { expect } from 'chai';
import { createEventRecords } from './event-records.ts';

describe('createEventRecords', () => {
  const records = createEventRecords({ count: 2_000 });
  const events = decodeRecords(records).flatMap((each) => (each.kind === 'event' ? [each] : []));

  it('gives good events of exactly the given size', () => {
    expect(events).to.have.lengthOf(2_000);
    expect(new Set(events.map(({ start, end }) => end - start))).to.deep.equal(new Set([200]));
  });

  it('gives unique ids, and the given number of actions', () => {
    expect(new Set(events.map(({ id }) => id)).size).to.equal(2_000);
    expect(new Set(events.map(({ action }) => action)).size).to.equal(20);
  });

  it('gives the same records each time', () => {
    expect(createEventRecords({ count: 2_000 })).to.deep.equal(records);
  });
});
