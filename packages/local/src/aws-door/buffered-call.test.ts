import { expect } from 'chai';
import type { AwsCall, Reply } from '../aws-calls/aws-call.ts';
import type { Backend } from '../aws-calls/backend.ts';
import { makeBufferedCall } from './buffered-call.ts';
import { createCapacityMeter } from './capacity/capacity-meter.ts';
import type { InjectedFault } from './faults.ts';
import { closedPort } from './testing/http-backend.ts';
import { type CallFixture, createCallFixture } from './testing/made-call.ts';

const DOOR = 'http://127.0.0.1:4566';

function callOf(service: string, action: string, resource?: string): AwsCall {
  return { service, action, resource, caller: 'tester', region: 'us-east-1', format: 'json', requestBytes: 2 };
}

interface Made {
  readonly body?: object;
  readonly fault?: InjectedFault;
}

describe('a call with its whole body in memory', () => {
  let fixture: CallFixture;
  beforeEach(() => {
    fixture = createCallFixture();
  });
  afterEach(() => fixture.close());

  /** Makes a call, and returns what the caller got. */
  async function make(call: AwsCall, answers: Backend, { body = {}, fault }: Made = {}) {
    const bytes = Buffer.from(JSON.stringify(body));
    const pending = fixture.pending({ body: bytes, ...(fault && { fault }) }, () => call);
    const meter = createCapacityMeter(async () => ({ status: 200, headers: {}, body: Buffer.from('{}') }));
    const { upstream } = fixture;
    const deps = { backends: { [call.service]: answers }, upstream, meter, url: () => DOOR };
    const json = call.service === 'dynamodb' ? (body as Record<string, unknown>) : undefined;
    await makeBufferedCall(pending, { bytes, json }, deps);
    return pending.exchange.got[0] as Reply;
  }

  /** Makes a call of an emulator, which gives this answer. */
  async function makeAt(call: AwsCall, answer: string, made: Made = {}) {
    const port = await fixture.start((response) => response.end(answer));
    const got = await make(call, { port }, made);
    return { got, given: fixture.requests[0] };
  }

  it('of a service that is not here is refused by its name', async () => {
    const reply = await make(callOf('athena', 'StartQueryExecution'), undefined as unknown as Backend);
    expect(reply.status).to.equal(400);
    expect(JSON.parse(String(reply.body))).to.deep.equal({
      __type: 'UnknownOperationException',
      message: 'The local AWS has no athena',
    });
    expect(fixture.counted).to.have.length(1);
  });

  it('is answered by our own function if there is one', async () => {
    const answer = async () => ({ status: 200, headers: {}, body: Buffer.from('{"own":true}') });
    expect(String((await make(callOf('kms', 'Encrypt'), { answer })).body)).to.equal('{"own":true}');
  });

  it('to an emulator that has ended is answered as a service that is unavailable', async () => {
    const reply = await make(callOf('dynamodb', 'GetItem'), { port: await closedPort() });
    expect(reply.status).to.equal(503);
    expect(JSON.parse(String(reply.body)).message).to.equal('The local dynamodb does not answer');
    expect(fixture.counted.map(({ status }) => status)).to.deep.equal([503]);
  });

  it('to an emulator whose answer is not JSON is answered the same way', async () => {
    const { got } = await makeAt(callOf('dynamodb', 'GetItem'), '<html>');
    expect(got.status).to.equal(503);
  });

  it('of DynamoDB is metered, and its answer has no trace of that except a new checksum', async () => {
    const answer = JSON.stringify({ Item: {}, ConsumedCapacity: { CapacityUnits: 2 } });
    const { got, given } = await makeAt(callOf('dynamodb', 'GetItem'), answer, { body: { TableName: 't' } });
    expect(JSON.parse(given?.body ?? '')).to.deep.equal({ TableName: 't', ReturnConsumedCapacity: 'TOTAL' });
    expect(String(got.body)).to.equal('{"Item":{}}');
    // CRC-32 of these eleven bytes.
    expect(got.headers['x-amz-crc32']).to.equal('49613676');
    expect(fixture.counted).to.deep.equal([{ status: 200, responseBytes: 11, readUnits: 2, writeUnits: 0 }]);
  });

  it('of a stream by its ARN is made by its name, which kinesalite wants', async () => {
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
    const { given } = await makeAt(callOf('kinesis', 'PutRecord', 'events'), '{}', {
      body: { StreamARN, Data: 'e30=' },
    });
    expect(JSON.parse(given?.body ?? '')).to.deep.equal({ Data: 'e30=', StreamName: 'events' });
  });

  for (const body of [{ StreamName: 'events', StreamARN: 'x' }, { Data: 'e30=' }]) {
    it(`of a stream is made as it came with ${Object.keys(body)}`, async () => {
      const { given } = await makeAt(callOf('kinesis', 'PutRecord', 'events'), '{}', { body });
      expect(JSON.parse(given?.body ?? '')).to.deep.equal(body);
    });
  }

  it('of a queue is answered with the address of this door, whatever day the queue was made', async () => {
    const old = (name: string) => `http://sqs.us-east-1.localhost:4000/000000000000/${name}`;
    const answer = JSON.stringify({ QueueUrls: [old('a'), old('b')], Other: 'http://a.test/1/a' });
    const { got } = await makeAt(callOf('sqs', 'ListQueues'), answer);
    expect(JSON.parse(String(got.body))).to.deep.equal({
      QueueUrls: [`${DOOR}/000000000000/a`, `${DOOR}/000000000000/b`],
      Other: 'http://a.test/1/a',
    });
  });

  it('is made, and its answer lost, if that is the fault', async () => {
    const { got, given } = await makeAt(callOf('sqs', 'SendMessage'), '{}', { fault: { kind: 'drop-after' } });
    expect([got, given?.method]).to.deep.equal(['dropped', 'POST']);
    expect(fixture.counted.map(({ status }) => status)).to.deep.equal([undefined]);
  });

  for (const kind of ['drop-before', 'throttle', 'error'] as const) {
    it(`is not made if its fault is ${kind}`, async () => {
      const { given } = await makeAt(callOf('sqs', 'SendMessage'), '{}', { fault: { kind } });
      expect(given).to.equal(undefined);
      expect(fixture.counted).to.have.length(1);
    });
  }
});
