import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { createLinkReport } from './report-link.ts';

describe('createLinkReport', () => {
  it('measures every failure and every connection, and logs the beginning and the end of an outage', () => {
    const observe = sinon.spy();
    const [warn, info] = [sinon.spy(), sinon.spy()];
    const report = createLinkReport({ meter: { ...silentMeter, observe }, log: { ...silentLog, warn, info } });
    const error = new Error('down');
    report.connected();
    for (let i = 0; i < 3; i++) report.failed(error);
    report.connected();
    report.connected();
    expect(observe.args).to.deep.equal([0, 1, 1, 1, 0, 0].map((value) => ['RedisUnreached', 'Count', value]));
    expect(warn.args).to.deep.equal([
      ['Redis is not reached: this instance limits keys and keeps answers by itself', { error }],
    ]);
    expect(info.callCount).to.equal(1);
  });
});
