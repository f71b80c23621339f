import { expect } from 'chai';
import { kinesisEvent } from '../testing/kinesis-event.ts';
import { readKinesisBatch } from './kinesis-batch.ts';

describe('reading an invocation', () => {
  it('gives the shard, and the positions and arrivals of its records', () => {
    const event = kinesisEvent('shardId-000000000003', [
      { sequenceNumber: '496', arrival: 1_764_000_000_123, data: 'e30=' },
    ]);
    const { shardId, records } = readKinesisBatch(event);
    expect(shardId).to.equal('shardId-000000000003');
    expect(records).to.deep.equal([
      { sequenceNumber: '496'.padStart(56, '0'), partitionKey: 'key', arrival: 1_764_000_000_123, data: 'e30=' },
    ]);
  });

  it('gives no records for an empty invocation', () => {
    expect(readKinesisBatch({ Records: [] }).records).to.deep.equal([]);
  });
});
