import { expect } from 'chai';
import sinon from 'sinon';
import { loadLate } from './load-late.ts';

describe('loadLate', () => {
  it('opens nothing before the first call, and then once for all calls', async () => {
    const open = sinon.stub().resolves('opened');
    const load = loadLate(open);
    expect(open.callCount).to.equal(0);
    expect(await Promise.all([load(), load()])).to.deep.equal(['opened', 'opened']);
    expect(await load()).to.equal('opened');
    expect(open.callCount).to.equal(1);
  });

  it('tries again after a failure', async () => {
    const open = sinon.stub().resolves('opened');
    open.onFirstCall().rejects(new Error('no'));
    const load = loadLate(open);
    expect(await load().catch((error: Error) => error.message)).to.equal('no');
    expect(await load()).to.equal('opened');
  });
});
