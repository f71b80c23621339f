import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import type { AwsCall, AwsCallResult, Reply } from '../aws-calls/aws-call.ts';
import { KILL_HEADER } from '../aws-calls/error-reply.ts';
import type { InjectedFault } from './faults.ts';
import { answer, drop, failBefore, type PendingCall } from './pending-call.ts';
import { type RecordedExchange, recordedExchange } from './testing/recorded-exchange.ts';

const CALL: AwsCall = {
  ...{ service: 'dynamodb', action: 'PutItem', resource: 'metrics', caller: 'tester', region: 'us-east-1' },
  ...{ format: 'json', requestBytes: 3 },
};
const REPLY: Reply = { status: 200, headers: {}, body: Buffer.from('done') };

function pendingCall(fault?: InjectedFault, exchange: RecordedExchange = recordedExchange({}, 'abc')) {
  const counted: AwsCallResult[] = [];
  const pending: PendingCall = { call: CALL, exchange, fault, onCall: (_call, result) => counted.push(result) };
  return { pending, exchange, counted };
}

describe('a fault on a call that has not been made', () => {
  for (const fault of [undefined, { kind: 'drop-after' }, { kind: 'delay', delayMs: 0 }] as const) {
    it(`lets it be made with ${fault?.kind ?? 'no fault'}, and answers nothing yet`, async () => {
      const { pending, exchange, counted } = pendingCall(fault);
      expect(await failBefore(pending)).to.equal('go-on');
      expect([exchange.got, counted]).to.deep.equal([[], []]);
    });
  }

  it('delays it for as long as it says', async () => {
    const { pending } = pendingCall({ kind: 'delay', delayMs: 30 });
    const startedAt = performance.now();
    await failBefore(pending);
    expect(performance.now() - startedAt).to.be.within(25, 5_000);
  });

  it('drops the connection, and counts a call without an answer', async () => {
    const { pending, exchange, counted } = pendingCall({ kind: 'drop-before' });
    expect(await failBefore(pending)).to.equal('over');
    expect(exchange.got).to.deep.equal(['dropped']);
    expect(counted).to.deep.equal([{ status: undefined, responseBytes: 0, readUnits: 0, writeUnits: 0 }]);
  });

  for (const [kind, status, code] of [
    ['throttle', 400, 'ProvisionedThroughputExceededException'],
    ['error', 500, 'InternalServerError'],
  ] as const) {
    it(`answers a ${kind} with ${status} in the service's own words`, async () => {
      const { pending, exchange, counted } = pendingCall({ kind });
      expect(await failBefore(pending)).to.equal('over');
      const [reply] = exchange.got as Reply[];
      expect(reply?.status).to.equal(status);
      expect(JSON.parse(String(reply?.body)).__type).to.match(new RegExp(`#${code}$`));
      expect(counted.map((result) => result.status)).to.deep.equal([status]);
    });
  }

  it('kills the function that makes it, and counts an error', async () => {
    const { pending, exchange, counted } = pendingCall({ kind: 'kill' });
    expect(await failBefore(pending)).to.equal('over');
    expect((exchange.got as Reply[])[0]?.headers).to.include({ [KILL_HEADER]: 'true' });
    expect(counted.map((result) => result.status)).to.deep.equal([500]);
  });

  it('waits for the whole request before it answers: a client that still sends would see a cut line', async () => {
    const body = new PassThrough();
    const exchange = { ...recordedExchange(), body };
    const { pending } = pendingCall({ kind: 'throttle' }, exchange);
    const failing = failBefore(pending);
    body.write('half');
    await new Promise((resolve) => setImmediate(resolve));
    expect(exchange.got).to.have.length(0);
    body.end('the rest');
    expect(await failing).to.equal('over');
    expect(exchange.got).to.have.length(1);
  });

  it('does not wait for a client that went away', async () => {
    const body = new PassThrough();
    const { pending } = pendingCall({ kind: 'error' }, { ...recordedExchange(), body });
    const failing = failBefore(pending);
    body.destroy();
    expect(await failing).to.equal('over');
  });
});

describe('the answer to a call', () => {
  const units = { readUnits: 0, writeUnits: 3 };

  it('is counted, then sent', () => {
    const { pending, exchange, counted } = pendingCall();
    answer(pending, REPLY, units);
    expect(exchange.got).to.deep.equal([REPLY]);
    expect(counted).to.deep.equal([{ status: 200, responseBytes: 4, ...units }]);
  });

  it('is lost if that is the fault, and the units of the call are counted', () => {
    const { pending, exchange, counted } = pendingCall({ kind: 'drop-after' });
    answer(pending, REPLY, units);
    expect(exchange.got).to.deep.equal(['dropped']);
    expect(counted).to.deep.equal([{ status: undefined, responseBytes: 4, ...units }]);
  });

  it('is reported before the connection drops: a caller that asks next finds it counted', () => {
    const order: string[] = [];
    const exchange = { ...recordedExchange(), drop: () => void order.push('dropped') };
    const pending: PendingCall = { call: CALL, exchange, fault: undefined, onCall: () => void order.push('counted') };
    drop(pending, 0, units);
    expect(order).to.deep.equal(['counted', 'dropped']);
  });
});
