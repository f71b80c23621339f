import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { apiEvent } from '../../testing/api-event.ts';
import { toApiRequest } from '../requests/request.ts';
import { createAuthenticate } from './authenticate.ts';
import { BOOTSTRAP, type Principal } from './principal.ts';

const NOW = 1_000_000;
const from = (principal: Principal | undefined) => toApiRequest(apiEvent({ path: '/', principal }));

describe('createAuthenticate', () => {
  const authenticate = createAuthenticate({ log: silentLog, now: () => NOW });

  it('knows whom the authorizer names', async () => {
    const limited = { ...BOOTSTRAP, keyId: 'key_1', actionPrefixes: ['a.'], expiresAt: NOW + 1 };
    expect(await authenticate(from(limited))).to.deep.equal(limited);
  });

  it('lets nobody in without the authorizer’s word, whatever the header says, and logs it', async () => {
    const error = sinon.spy();
    const strict = createAuthenticate({ log: { ...silentLog, error }, now: () => NOW });
    expect(await strict(from(undefined))).to.include({ kind: 'problem', name: 'internal' });
    expect(error.calledOnce).to.equal(true);
  });

  it('refuses a key from the moment it expires, though the authorizer’s answer is a cached one', async () => {
    expect(await authenticate(from({ ...BOOTSTRAP, expiresAt: NOW }))).to.include({ name: 'unauthorized' });
  });
});
