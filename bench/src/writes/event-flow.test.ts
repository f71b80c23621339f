import { expect } from 'chai';
import { createFlow } from './event-flow.ts';

describe('createFlow', () => {
  const flow = { eventsPerSecond: 100, actions: 20, windowSeconds: 5, start: 1_764_000_000_000, seconds: 20 };
  const batches = [...createFlow(flow)];
  const records = batches.flatMap((batch) => batch.records);

  it('gives a batch for each window, at its end', () => {
    expect(batches.map(({ at }) => at - flow.start)).to.deep.equal([5_000, 10_000, 15_000, 20_000]);
    expect(batches.map((batch) => batch.records.length)).to.deep.equal([500, 500, 500, 500]);
  });

  it('gives records in order, at even intervals, each within its window', () => {
    expect(new Set(records.map(({ sequenceNumber }) => sequenceNumber)).size).to.equal(2_000);
    expect(records.map(({ sequenceNumber }) => sequenceNumber)).to.deep.equal(
      records.map(({ sequenceNumber }) => sequenceNumber).toSorted(),
    );
    expect(records.map(({ arrival }) => arrival - flow.start)).to.deep.equal(records.map((_, index) => index * 10));
  });

  it('never gives an id twice', () => {
    expect(new Set(records.map(({ partitionKey }) => partitionKey)).size).to.equal(2_000);
  });
});
