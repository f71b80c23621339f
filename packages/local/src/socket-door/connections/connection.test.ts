import { expect } from 'chai';
import { createManualClock } from '../testing/manual-clock.ts';
import { createConnection, SOCKET_LIMITS } from './connection.ts';

describe('one connection of a WebSocket API', () => {
  function open() {
    const clock = createManualClock();
    const done: string[] = [];
    const wire = {
      readyState: 1,
      bufferedAmount: 0,
      send: (data: Buffer, { fin }: { fin: boolean }) => done.push(`${data.length}${fin ? '.' : ''}`),
      close: (code: number) => done.push(`close ${code}`),
      terminate: () => done.push('terminate'),
    };
    const client = { id: 'c', sourceIp: '::1', userAgent: '', connectedAt: clock.now(), authorizer: undefined };
    return { clock, wire, done, connection: createConnection(client, wire, clock) };
  }

  it('sends in frames of at most 32 KB, the last of which ends the message', () => {
    const { connection, done } = open();
    for (const bytes of [0, 1, 32_768, 32_769, 131_072]) connection.post(Buffer.alloc(bytes));
    const whole = '32768';
    expect(done).to.deep.equal(['0.', '1.', '32768.', whole, '1.', whole, whole, whole, '32768.']);
  });

  it('takes what waits up to 1 MB, and ends at the byte after that', () => {
    const { connection, wire, done } = open();
    wire.bufferedAmount = SOCKET_LIMITS.maxWaitingBytes - 1;
    expect(connection.post(Buffer.alloc(1))).to.equal(true);
    expect(connection.post(Buffer.alloc(2))).to.equal(false);
    expect(connection.isOpen()).to.equal(false);
    expect(done).to.deep.equal(['1.', 'terminate']);
  });

  it('is not open while the client’s own close is under way', () => {
    const { connection, wire, done } = open();
    wire.readyState = 2;
    expect(connection.isOpen()).to.equal(false);
    expect(connection.post(Buffer.alloc(1))).to.equal(false);
    expect(done).to.deep.equal([]);
  });

  it('closes once, whoever comes first', async () => {
    const { connection, clock, done } = open();
    connection.close(1009, '');
    await clock.advance(3 * 60 * 60_000);
    connection.close(1000, '');
    expect(done).to.deep.equal(['close 1009']);
  });
});
