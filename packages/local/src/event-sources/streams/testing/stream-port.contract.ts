import { expect } from 'chai';
import type { ShardPosition, SourceRecord, StreamPort } from '../stream-port.ts';

/** A stream of one shard to hold against the contract. */
export interface ContractStream {
  readonly port: StreamPort;
  put(number: number): Promise<void>;
}

/** How empty streams are made, and how a record of theirs is recognised. */
export interface StreamMaker {
  create(): Promise<ContractStream>;
  numberOf(record: SourceRecord): number;
}

/** The behaviour of a stream on which a source relies. */
export function streamContract({ create, numberOf }: StreamMaker): void {
  async function reader({ port }: ContractStream, position: ShardPosition) {
    const [shard] = await port.shards();
    const shardId = shard?.shardId ?? '';
    let iterator: string | undefined = await port.iterator(shardId, position);
    return async (limit = 10): Promise<readonly SourceRecord[]> => {
      const { records, next } = await port.read(shardId, iterator ?? '', limit);
      iterator = next;
      expect(iterator, 'the shard is open').to.be.a('string');
      return records;
    };
  }
  async function filled(count: number): Promise<ContractStream> {
    const stream = await create();
    for (let number = 1; number <= count; number += 1) await stream.put(number);
    return stream;
  }

  it('has one shard without parents', async () => {
    const { port } = await create();
    const shards = await port.shards();
    expect(shards.map(({ parents }) => parents)).to.deep.equal([[]]);
  });

  it('hands over its records in order from TRIM_HORIZON, as many at once as the limit says', async () => {
    const stream = await filled(5);
    const read = await reader(stream, { from: 'TRIM_HORIZON' });
    const batches = [await read(2), await read(2), await read(2)];
    expect(batches.map((records) => records.map(numberOf))).to.deep.equal([[1, 2], [3, 4], [5]]);
    const numbers = batches.flat().map(({ sequenceNumber }) => BigInt(sequenceNumber));
    expect(numbers).to.deep.equal(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('goes on at its tip with what comes next', async () => {
    const stream = await filled(1);
    const read = await reader(stream, { from: 'TRIM_HORIZON' });
    expect((await read()).map(numberOf)).to.deep.equal([1]);
    expect(await read()).to.deep.equal([]);
    await stream.put(2);
    expect((await read()).map(numberOf)).to.deep.equal([2]);
  });

  it('begins after what is there from LATEST', async () => {
    const stream = await filled(3);
    const read = await reader(stream, { from: 'LATEST' });
    expect(await read()).to.deep.equal([]);
    await stream.put(4);
    expect((await read()).map(numberOf)).to.deep.equal([4]);
  });

  it('begins after a sequence number, the last one included', async () => {
    const stream = await filled(4);
    const records = await (await reader(stream, { from: 'TRIM_HORIZON' }))();
    for (const [index, { sequenceNumber }] of records.entries()) {
      const after = await (await reader(stream, { from: 'AFTER', sequenceNumber }))();
      expect(after.map(numberOf)).to.deep.equal([1, 2, 3, 4].slice(index + 1));
    }
  });

  it('knows when a record came, and how much room it takes in an invocation', async () => {
    const [record] = await (await reader(await filled(1), { from: 'TRIM_HORIZON' }))();
    expect(record?.arrival).to.be.closeTo(Date.now() / 1000, 30);
    expect(record?.bytes).to.equal(Buffer.byteLength(JSON.stringify(record?.eventRecord)) + 1);
    expect(record?.filtered().fields).to.be.an('object');
  });
}
