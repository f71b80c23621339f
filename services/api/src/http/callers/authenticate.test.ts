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

  it('identifies the caller in the authorizer’s context', async () => {
    const limited = { ...BOOTSTRAP, keyId: 'key_1', actionPrefixes: ['a.'], expiresAt: NOW + 1 };
    expect(await authenticate(from(limited))).to.deep.equal(limited);
  });

  it('refuses a request without the authorizer’s context, with any header, and logs it', async () => {
    const error = sinon.spy();
    const strict = createAuthenticate({ log: { ...silentLog, error }, now: () => NOW });
    expect(await strict(from(undefined))).to.include({ kind: 'problem', name: 'internal' });
    expect(error.calledOnce).to.equal(true);
  });

  it('refuses a key from the moment it expires, even with a cached answer of the authorizer', async () => {
    expect(await authenticate(from({ ...BOOTSTRAP, expiresAt: NOW }))).to.include({ name: 'unauthorized' });
  });
});
