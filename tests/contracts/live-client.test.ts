import { expect } from 'chai';
import { type Heard, PING, subscribeMessage, unsubscribeMessage } from '../../packages/client/src/live/messages.ts';
import type { RowsFrame } from '../../services/notifications/src/live/pack-rows.ts';
import { readMessage } from '../../services/notifications/src/socket/protocol/read-message.ts';
import { errorMessage, PONG } from '../../services/notifications/src/socket/protocol/server-messages.ts';

const ROW = { action: 'a', start: '2026-01-02T03:03:00.000Z', count: 1, sum: 2, mean: 2, users: null, p95: null };
const FRAME: RowsFrame = { type: 'snapshot', id: 's', rows: [ROW], last: true, also: [{ id: 't', rows: [ROW] }] };

describe('@weir/client', () => {
  it('says what Weir takes', () => {
    const said = [subscribeMessage('1', { actions: ['a'], interval: 'minute' }), unsubscribeMessage('1'), PING];
    expect(said.map((text) => readMessage(text).type)).to.deep.equal(['subscribe', 'unsubscribe', 'ping']);
  });

  it('has types for what Weir sends: the compiler compares them', () => {
    const heard: readonly Heard[] = [FRAME, PONG, errorMessage('forbidden', 's')];
    const frame = heard[0] as Extract<Heard, { type: 'snapshot' | 'rows' }>;
    const rows: RowsFrame['rows'] = frame.rows;
    expect(rows).to.deep.equal([ROW]);
  });
});
