import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import sinon from 'sinon';
import { leaveAtTheEnd } from './leave-at-the-end.ts';

describe('leaving the local AWS at a signal', () => {
  const signalled = () => Object.assign(new EventEmitter(), { exit: sinon.stub<[number], void>() });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`ends the process at ${signal} while nobody else listens for it`, async () => {
      const own = signalled();
      const leave = sinon.stub().rejects(new Error('the local AWS is gone'));
      leaveAtTheEnd(leave, own);
      own.emit(signal);
      await nextTurn();
      expect(leave.callCount).to.equal(1);
      expect(own.exit.args).to.deep.equal([[code]]);
    });
  }

  it('leaves the end to serverless-offline once that listens', async () => {
    const own = signalled();
    const leave = sinon.stub().resolves();
    leaveAtTheEnd(leave, own);
    own.on('SIGTERM', () => {});
    own.emit('SIGTERM');
    await nextTurn();
    expect(leave.callCount).to.equal(1);
    expect(own.exit.callCount).to.equal(0);
  });
});
