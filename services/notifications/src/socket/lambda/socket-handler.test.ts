import { silentLog, silentMeter, type Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { expect } from 'chai';
import { createSocketHandler, type SocketEvent } from './socket-handler.ts';

async function handle(eventType: SocketEvent['requestContext']['eventType'], parts: Partial<SocketEvent> = {}) {
  const calls: unknown[] = [];
  const telemetry: Telemetry = { log: silentLog, meter: silentMeter, observe: (_, work) => work() };
  const handler = createSocketHandler(telemetry, {
    connect: async (handshake) => {
      calls.push(handshake);
      return { statusCode: 401 };
    },
    answer: async (said) => void calls.push(said),
    close: async (connectionId) => void calls.push(connectionId),
  });
  const requestContext = { eventType, connectionId: 'c1', requestId: 'r1' };
  return { answer: await handler({ requestContext, ...parts }, {} as Context), calls };
}

describe('the function of the WebSocket API', () => {
  it('answers a handshake as the client’s key deserves', async () => {
    const { answer, calls } = await handle('CONNECT', { headers: { 'Sec-WebSocket-Protocol': 'weir.v1, weir.key.k' } });
    expect(answer).to.deep.equal({ statusCode: 401 });
    expect(calls).to.deep.equal([{ connectionId: 'c1', offered: { isSpoken: true, key: 'k' } }]);
  });

  it('hands over messages, and ends of connections', async () => {
    expect(await handle('MESSAGE', { body: '{}' })).to.deep.equal({
      ...{ answer: { statusCode: 200 }, calls: [{ connectionId: 'c1', text: '{}' }] },
    });
    expect(await handle('DISCONNECT')).to.deep.equal({ answer: { statusCode: 200 }, calls: ['c1'] });
  });
});
