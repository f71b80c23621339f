import { expect } from 'chai';
import { readCallTrace } from './call-trace.ts';

describe('readCallTrace', () => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

  it('has the header of the call and the address of the daemon', () => {
    const env = { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: '169.254.79.129:2000' };
    expect(readCallTrace(env)).to.deep.equal({ header, daemon: '169.254.79.129:2000' });
  });

  it('is undefined where one of them is missing', () => {
    expect(readCallTrace({})).to.equal(undefined);
    expect(readCallTrace({ _X_AMZN_TRACE_ID: header })).to.equal(undefined);
    expect(readCallTrace({ AWS_XRAY_DAEMON_ADDRESS: '169.254.79.129:2000' })).to.equal(undefined);
  });
});
