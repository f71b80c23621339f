import { expect } from 'chai';
import sinon from 'sinon';
import type { AvatarUrls } from './avatar-urls.ts';
import { createLazyAvatarUrls } from './lazy-avatar-urls.ts';

describe('createLazyAvatarUrls', () => {
  const urls = { signDownload: async (key: string) => `signed:${key}` } as unknown as AvatarUrls;

  it('loads nothing until it is asked, and then once', async () => {
    const load = sinon.stub().resolves(urls);
    const lazy = createLazyAvatarUrls(load);
    expect(load.callCount).to.equal(0);
    const signed = await Promise.all(['a', 'b'].map((key) => lazy.signDownload(key, 'image/png')));
    expect(signed).to.deep.equal(['signed:a', 'signed:b']);
    expect(load.callCount).to.equal(1);
  });

  it('tries again what could not be loaded', async () => {
    const load = sinon.stub().resolves(urls);
    load.onFirstCall().rejects(new Error('no'));
    const lazy = createLazyAvatarUrls(load);
    await lazy.signDownload('a', 'image/png').catch((error: unknown) => error);
    expect(await lazy.signDownload('a', 'image/png')).to.equal('signed:a');
  });
});
