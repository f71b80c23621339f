import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { apiEvent } from '../testing/api-event.ts';
import { createAuthenticate } from './authenticate.ts';
import { BOOTSTRAP } from './principal.ts';
import { toApiRequest } from './request.ts';

const withHeader = (authorization: string | undefined) =>
  toApiRequest({ ...apiEvent({ path: '/' }), headers: { Authorization: authorization } });

describe('createAuthenticate', () => {
  const authenticate = createAuthenticate({ readKey: async () => 'secret', log: silentLog });

  for (const header of ['Bearer secret', 'bearer secret', 'BEARER  secret ']) {
    it(`knows the sender of ${JSON.stringify(header)}`, async () => {
      expect(await authenticate(withHeader(header))).to.equal(BOOTSTRAP);
    });
  }

  for (const header of [
    undefined,
    '',
    'secret',
    'Basic secret',
    'Bearer',
    'Bearer ',
    'Bearer secret2',
    'Bearer Secret',
    'Bearer a b',
    'Bearer ü',
  ]) {
    it(`refuses ${JSON.stringify(header)} and says how to do it`, async () => {
      const found = await authenticate(withHeader(header));
      expect(found).to.include({ kind: 'problem', name: 'unauthorized' });
      expect(found)
        .to.have.nested.property('headers.www-authenticate')
        .that.matches(/^Bearer realm="weir"/);
    });
  }

  it('tells a wrong key from a missing one', async () => {
    expect(await authenticate(withHeader('Bearer wrong'))).to.have.nested.property(
      'headers.www-authenticate',
      'Bearer realm="weir", error="invalid_token"',
    );
  });

  it('is unavailable, not unauthorized, while the key cannot be read, and tries again', async () => {
    const readKey = sinon.stub<[], Promise<string>>();
    readKey.onFirstCall().rejects(new Error('down')).onSecondCall().resolves('secret');
    const flaky = createAuthenticate({ readKey, log: silentLog });
    expect(await flaky(withHeader('Bearer secret'))).to.include({ name: 'unavailable' });
    expect(await flaky(withHeader('Bearer secret'))).to.include({ kind: 'principal' });
  });

  it('lets nobody in with an empty key', async () => {
    const open = createAuthenticate({ readKey: async () => '', log: silentLog });
    expect(await open(withHeader('Bearer x'))).to.include({ name: 'unavailable' });
  });

  it('asks for the key only when one was sent', async () => {
    const readKey = sinon.stub<[], Promise<string>>().resolves('secret');
    await createAuthenticate({ readKey, log: silentLog })(withHeader(undefined));
    expect(readKey.called).to.equal(false);
  });
});
