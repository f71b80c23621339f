import { expect } from 'chai';
import { createBootstrapKeys, PREVIOUS_KEY_MS, type SecretVersion } from './bootstrap-keys.ts';

const TTL_MS = 60_000;

describe('the texts of the bootstrap key', () => {
  function open(versions: Partial<Record<'AWSCURRENT' | 'AWSPREVIOUS', SecretVersion>>) {
    const clock = { at: 1_000 };
    const asked: string[] = [];
    const readVersion = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => {
      asked.push(stage);
      return versions[stage];
    };
    return { clock, asked, versions, keys: createBootstrapKeys({ readVersion, ttlMs: TTL_MS, now: () => clock.at }) };
  }
  const version = (text: string, createdAt = 0) => ({ text, createdAt });

  it('are the newest, and for a day the one before', async () => {
    const { clock, keys } = open({ AWSCURRENT: version('new'), AWSPREVIOUS: version('old', -9) });
    clock.at = PREVIOUS_KEY_MS - 1;
    expect(await keys()).to.deep.equal(['new', 'old']);
    clock.at += TTL_MS;
    expect(await keys()).to.deep.equal(['new']);
  });

  it('are one before the first rotation, and the empty text is never one', async () => {
    expect(await open({ AWSCURRENT: version('new') }).keys()).to.deep.equal(['new']);
    expect(await open({ AWSCURRENT: version('new'), AWSPREVIOUS: version('') }).keys()).to.deep.equal(['new']);
  });

  it('are read once for all callers, and again when their time is over', async () => {
    const { clock, asked, versions, keys } = open({ AWSCURRENT: version('new') });
    await Promise.all([keys(), keys()]);
    clock.at += TTL_MS - 1;
    await keys();
    expect(asked).to.deep.equal(['AWSCURRENT', 'AWSPREVIOUS']);
    Object.assign(versions, { AWSCURRENT: version('newer'), AWSPREVIOUS: version('new') });
    clock.at += 1;
    expect(await keys()).to.deep.equal(['newer', 'new']);
  });

  it('cannot be told while the secret is empty, and are read again after a failure', async () => {
    const { versions, keys } = open({});
    const error = await keys().catch((caught: Error) => caught.message);
    expect(error).to.equal('the bootstrap key is empty');
    versions.AWSCURRENT = version('there now');
    expect(await keys()).to.deep.equal(['there now']);
  });
});
