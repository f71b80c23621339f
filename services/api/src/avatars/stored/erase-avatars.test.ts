import { expect } from 'chai';
import { type AvatarsWorld, createAvatarsWorld } from '../../testing/avatars-world.ts';
import { plain } from '../../testing/images.ts';
import { settleUpload } from '../settle/settle-upload.ts';
import { eraseAvatars } from './erase-avatars.ts';
import { PREFIXES, uploadKey } from './upload-name.ts';

async function removeProfile(world: AvatarsWorld, userId: string): Promise<void> {
  const user = await world.users.store.find(userId);
  await world.users.store.remove(userId, user?.version ?? '');
}

describe('eraseAvatars', () => {
  it('removes uploads, originals and thumbnails of one user, counts them, and leaves other users unchanged', async () => {
    const world = createAvatarsWorld();
    const image = await plain(30, 30).png().toBuffer();
    for (const user of ['anna', 'bert']) {
      await world.addUser(user);
      await settleUpload(world.deps, await world.upload(user, image));
      await world.upload(user, image);
    }
    expect(world.objects.keys()).to.have.length(6);
    await removeProfile(world, 'anna');
    expect(await eraseAvatars(world.deps, 'anna')).to.deep.equal({ erased: 3 });
    expect(await eraseAvatars(world.deps, 'anna')).to.deep.equal({ erased: 0 });
    expect(world.objects.keys()).to.have.length(3);
    expect(await world.avatarOf('bert')).to.have.property('url');
  });

  it('keeps the items of uploads without their user: an upload that still arrives is removed', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.request('anna', 'image/png', 10);
    await removeProfile(world, 'anna');
    await eraseAvatars(world.deps, 'anna');
    expect((await world.uploads.find(name))?.userId).to.equal(undefined);
    world.objects.objects.set(uploadKey(name), { body: Buffer.alloc(10), contentType: 'image/png' });
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    expect(world.objects.keys()).to.deep.equal([]);
  });

  it('keeps the shown and the pending picture of a user who exists again with the same id', async () => {
    const world = createAvatarsWorld();
    const image = await plain(30, 30).png().toBuffer();
    await world.addUser('anna');
    const before = await world.upload('anna', image);
    await removeProfile(world, 'anna');
    await world.addUser('anna');
    await settleUpload(world.deps, await world.upload('anna', image));
    const awaited = await world.upload('anna', image);
    world.objects.objects.set(uploadKey(before), { body: image, contentType: 'image/png' });
    expect(await eraseAvatars(world.deps, 'anna')).to.deep.equal({ erased: 1 });
    expect(world.objects.keys()).to.have.length(3);
    expect((await world.uploads.find(before))?.userId).to.equal(undefined);
    expect(await settleUpload(world.deps, awaited)).to.deep.equal({ kind: 'ready' });
  });

  it('removes every object with the user’s name, under every prefix', async () => {
    const world = createAvatarsWorld();
    // SHA-256 of test123.
    const owner = 'ecd71870d1963316a97e3ac3408c9835ad8cf0f3c1bc703527c30265534f75ae';
    for (const prefix of Object.values(PREFIXES)) {
      world.objects.objects.set(`${prefix}${owner}/left behind`, { body: Buffer.alloc(1), contentType: '' });
    }
    expect(await eraseAvatars(world.deps, 'test123')).to.deep.equal({ erased: 3 });
  });
});
