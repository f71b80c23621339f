import { hash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createProducer, type ProducerOptions } from './create-producer.ts';
import { BufferFullError, InvalidEventError, ProducerClosedError } from './errors.ts';
import { FakeStream, type Fate } from './testing/fake-stream.ts';
import type { GivenUp, ProducerEvent } from './types.ts';

const event = (more: Partial<ProducerEvent> = {}): ProducerEvent => ({
  userId: 'u',
  action: 'a',
  timestamp: Date.now(),
  ...more,
});

function open(stream: FakeStream, more: Partial<ProducerOptions> = {}) {
  const givenUp: GivenUp[] = [];
  const producer = createProducer({
    client: stream.client,
    streamName: 'events',
    onGivenUp: (some) => givenUp.push(some),
    lingerMs: 1,
    ...more,
  });
  return { producer, givenUp };
}

const serverError = Object.assign(new Error('InternalFailure'), { name: 'InternalFailure', $fault: 'server' });
const noStream = Object.assign(new Error('no such stream'), { name: 'ResourceNotFoundException', $fault: 'client' });

describe('the producer', () => {
  it('sends at most 500 records a call, each under its id', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream, { lingerMs: 50 });
    for (let i = 0; i < 1234; i++) await producer.send(event({ id: `id-${i}` }));
    await producer.flush();
    expect(stream.calls.map(({ Records }) => Records?.length)).to.deep.equal([500, 500, 234]);
    expect(stream.taken.map(({ key }) => key)).to.deep.equal(stream.ids());
    expect(new Set(stream.ids()).size).to.equal(1234);
  });

  it('keeps a call below what Kinesis takes, however large the events', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream, { lingerMs: 1000, maxBufferedBytes: 64 * 1024 * 1024 });
    for (let i = 0; i < 200; i++) await producer.send({ ...event(), note: 'x'.repeat(60_000) } as ProducerEvent);
    await producer.flush();
    const sizes = stream.calls.map(({ Records = [] }) =>
      Records.reduce((sum, { Data, PartitionKey }) => sum + (Data?.length ?? 0) + (PartitionKey?.length ?? 0), 0),
    );
    expect(Math.max(...sizes)).to.be.below(5 * 1024 * 1024);
    expect(stream.taken).to.have.length(200);
  });

  it('sends what lingers without being asked', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream, { lingerMs: 5 });
    await producer.send(event());
    for (let i = 0; i < 100 && stream.taken.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stream.taken).to.have.length(1);
  });

  it('sends only the records that failed again, with the same ids', async () => {
    const fates: Fate[] = [{ refuses: (index) => index % 3 === 0 }, { throws: { error: serverError, after: true } }];
    const stream = new FakeStream(() => fates.shift() ?? {});
    const { producer, givenUp } = open(stream);
    for (let i = 0; i < 9; i++) await producer.send(event());
    await producer.flush();
    expect(stream.calls.map(({ Records }) => Records?.length)).to.deep.equal([9, 3, 3]);
    expect(new Set(stream.ids()).size).to.equal(9);
    expect(givenUp).to.deep.equal([]);
  });

  it('gives up at once, with the events, if another attempt cannot help', async () => {
    const stream = new FakeStream(() => ({ throws: { error: noStream, after: false } }));
    const { producer, givenUp } = open(stream);
    await producer.send(event({ id: 'lost' }));
    await producer.flush();
    expect(stream.calls).to.have.length(1);
    expect(givenUp).to.have.length(1);
    expect(givenUp[0]).to.have.nested.property('events[0].id', 'lost');
    expect(givenUp[0]).to.have.property('error', noStream);
    expect(producer.bufferedBytes).to.equal(0);
  });

  it('gives up events that the stream does not take in time', async () => {
    const stream = new FakeStream(() => ({ refuses: () => true }));
    const { producer, givenUp } = open(stream, { maxAgeMs: 120 });
    await producer.send(event());
    await producer.flush();
    expect(stream.calls.length).to.be.greaterThan(1);
    expect(givenUp).to.have.nested.property('[0].error.message', 'ProvisionedThroughputExceededException: slow down');
  });

  it('waits for room while the buffer is full, and refuses when too many wait', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const stream = new FakeStream();
    const client = { send: async (command: never) => gate.then(() => stream.client.send(command)) };
    const { producer } = open(stream, { client: client as never, maxBufferedBytes: 2_000, maxWaiting: 2 });
    const sends = Array.from({ length: 8 }, () => producer.send(event()));
    const refused = (await Promise.race([Promise.allSettled(sends.slice(-1)), gate])) as PromiseSettledResult<void>[];
    expect(refused[0]).to.have.property('reason').that.is.instanceOf(BufferFullError);
    expect(producer.bufferedBytes).to.be.at.most(2_000);
    release();
    const settled = await Promise.allSettled(sends);
    await producer.close();
    const taken = settled.filter(({ status }) => status === 'fulfilled').length;
    expect(stream.taken).to.have.length(taken);
    expect(taken).to.be.lessThan(8);
  });

  for (const [name, bad, pointer] of [
    ['an action beginning with __', { action: '__x' }, '/action'],
    ['an action that is a step in a path', { action: '..' }, '/action'],
    ['a value that is no number', { value: Number.NaN }, '/value'],
    ['a timestamp of the year 50000', { timestamp: 1.5e15 }, '/timestamp'],
    ['an id of 129 characters', { id: 'x'.repeat(129) }, '/id'],
    ['half a surrogate pair', { note: '\ud800' }, '/note'],
    ['a BigInt', { note: 1n }, ''],
    ['an infinite property', { properties: { ratio: Number.POSITIVE_INFINITY } }, '/properties/ratio'],
    ['a property that is a Date', { properties: { at: new Date(0) } }, '/properties/at'],
    ['properties that are a Map', { properties: new Map([['a', 1]]) }, '/properties'],
    ['a Date that is none', { timestamp: new Date(Number.NaN) }, '/timestamp'],
    ['more than 64 KiB', { note: 'x'.repeat(65_536) }, ''],
  ] as const) {
    it(`refuses an event with ${name} before it is sent`, async () => {
      const stream = new FakeStream();
      const { producer } = open(stream);
      const error = await producer
        .send(event(bad as unknown as Partial<ProducerEvent>))
        .catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InvalidEventError).and.have.property('pointer', pointer);
      await producer.close();
      expect(stream.calls).to.have.length(0);
    });
  }

  it('takes a Date as the timestamp, and leaves out a property that is undefined', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream);
    await producer.send(event({ id: 'i', timestamp: new Date(1e12), properties: { a: undefined, b: 1 } as never }));
    await producer.close();
    const [sent] = stream.taken.map(({ data }) => JSON.parse(Buffer.from(data).toString()));
    expect(sent).to.deep.equal({ id: 'i', userId: 'u', action: 'a', timestamp: 1e12, properties: { b: 1 } });
  });

  it('takes nothing once it is closed, and closing sends what it has', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream, { lingerMs: 60_000 });
    await producer.send(event());
    await producer.close();
    expect(stream.taken).to.have.length(1);
    expect(await producer.send(event()).catch((thrown: unknown) => thrown)).to.be.instanceOf(ProducerClosedError);
  });

  it('puts aggregated events where their ids belong, in records that decode to the same events', async () => {
    const stream = new FakeStream();
    const { producer } = open(stream, { lingerMs: 1000, aggregation: { buckets: 4 } });
    const ids = Array.from({ length: 3000 }, (_, i) => `id-${i}`);
    for (const id of ids) await producer.send(event({ id }));
    await producer.flush();
    expect(stream.taken.length).to.be.lessThan(20);
    expect(stream.ids().toSorted()).to.deep.equal(ids.toSorted());
    const quarter = (key: bigint) => key >> 126n;
    for (const { key, hashKey } of stream.taken) {
      expect(quarter(BigInt(hashKey ?? 0))).to.equal(quarter(BigInt(`0x${hash('md5', key)}`)));
    }
  });

  it('puts each event on the stream, whatever fails on the way, within its memory', async () => {
    const fate = fc.oneof(
      { weight: 3, arbitrary: fc.constant<Fate>({}) },
      fc
        .array(fc.boolean(), { maxLength: 20 })
        .map<Fate>((refused) => ({ refuses: (index) => refused[index] ?? false })),
      fc.boolean().map<Fate>((after) => ({ throws: { error: serverError, after } })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 4 }),
        fc.array(fc.nat(3000), { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        async (fates, sizes, aggregation) => {
          const stream = new FakeStream(() => fates.shift() ?? {});
          const { producer, givenUp } = open(stream, { maxBufferedBytes: 20_000, maxInFlight: 2, aggregation });
          for (const [index, size] of sizes.entries()) {
            await producer.send({ ...event({ id: `id-${index}` }), note: 'x'.repeat(size) } as ProducerEvent);
            expect(producer.bufferedBytes).to.be.at.most(20_000);
          }
          await producer.close();
          expect(givenUp).to.deep.equal([]);
          expect([...new Set(stream.ids())].toSorted()).to.deep.equal(
            sizes.map((_, index) => `id-${index}`).toSorted(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
