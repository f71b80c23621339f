import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { createSecretAddress } from './secret-address.ts';

const OLD = 'rediss://user:old@redis.example:6379';
const NEW = 'rediss://user:new@redis.example:6379';

describe('createSecretAddress', () => {
  it('reads the secret anew once Redis has refused its password, until the secret has another one', async () => {
    const readSecret = sinon.stub().resolves(OLD);
    const warn = sinon.spy();
    const address = createSecretAddress({ name: 'redis', log: { ...silentLog, warn }, readSecret });
    expect(await address.read()).to.equal(OLD);
    expect(await address.read()).to.equal(OLD);
    address.refused();
    expect(await address.read()).to.equal(OLD);
    address.refused();
    readSecret.resolves(NEW);
    expect(await address.read()).to.equal(NEW);
    await address.read();
    expect(readSecret.args.map(([, options]) => options.isAnew)).to.deep.equal([false, false, true, true, false]);
    expect(warn.args).to.deep.equal([
      ['Redis refuses the password in its secret, which is read again', { secret: 'redis' }],
    ]);
  });

  it('refuses a secret that is no URL of a Redis, without repeating it', async () => {
    const address = createSecretAddress({ name: 'redis', log: silentLog, readSecret: async () => 'hidden' });
    expect(await failure(address.read())).to.equal(
      'the secret redis must be a URL that begins with redis:// or rediss://',
    );
  });

  it('does not wait long for a secret that does not come', async () => {
    const readSecret = () => new Promise<never>(() => undefined);
    const address = createSecretAddress({ name: 'redis', log: silentLog, readSecret, budgetMs: 5 });
    expect(await failure(address.read())).to.equal('no result within 5 ms');
  });
});

function failure(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: Error) => error.message,
  );
}
