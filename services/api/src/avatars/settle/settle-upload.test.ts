import { expect } from 'chai';
import fc from 'fast-check';
import { createAvatarsWorld } from '../../testing/avatars-world.ts';
import { noise, plain } from '../../testing/images.ts';
import { eraseAvatars } from '../stored/erase-avatars.ts';
import { originalKey, ownerOf, thumbnailKey, uploadKey } from '../stored/upload-name.ts';
import { settleUpload } from './settle-upload.ts';

const PNG = 'image/png';

/** What a profile shows of an accepted upload. */
function shown(name: { owner: string; uploadId: string }) {
  return { url: `signed:${originalKey(name)}`, thumbnailUrl: `signed:${thumbnailKey(name)}` };
}

describe('settleUpload', () => {
  let image: Buffer;
  before(async () => {
    image = await plain(64, 64).png().toBuffer();
  });

  it('makes the avatar ready, and keeps the original and its thumbnail', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'ready' });
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'ready', ...shown(name) });
    expect(world.objects.keys()).to.deep.equal([originalKey(name), thumbnailKey(name)]);
    expect(world.objects.objects.get(originalKey(name))).to.deep.equal({ body: image, contentType: PNG });
    expect(world.objects.objects.get(thumbnailKey(name))?.contentType).to.equal('image/jpeg');
  });

  it('changes nothing the second time', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    await settleUpload(world.deps, name);
    const before = await world.users.store.find('anna');
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    expect(await world.users.store.find('anna')).to.equal(before);
    expect(world.objects.keys()).to.deep.equal([originalKey(name), thumbnailKey(name)]);
  });

  it('removes an object that is sent to the same address again after it was settled', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    await settleUpload(world.deps, name);
    world.objects.objects.set(uploadKey(name), { body: Buffer.from('something else'), contentType: PNG });
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    expect(world.objects.objects.get(originalKey(name))?.body).to.equal(image);
    expect(world.objects.keys()).to.deep.equal([originalKey(name), thumbnailKey(name)]);
  });

  it('shows the previous image until the new one is ready, and then removes it', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const first = await world.upload('anna', image);
    await settleUpload(world.deps, first);
    const second = await world.upload('anna', image);
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'pending', ...shown(first) });
    await settleUpload(world.deps, second);
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'ready', ...shown(second) });
    expect(world.objects.keys()).to.deep.equal([originalKey(second), thumbnailKey(second)]);
  });

  it('removes all of an older upload that arrives after a newer request', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const older = await world.upload('anna', image);
    const newer = await world.upload('anna', image);
    await settleUpload(world.deps, newer);
    expect(await settleUpload(world.deps, older)).to.deep.equal({ kind: 'over' });
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'ready', ...shown(newer) });
    expect(world.objects.keys()).to.deep.equal([originalKey(newer), thumbnailKey(newer)]);
  });

  const rejections: [string, () => Promise<Buffer>, string, string][] = [
    ['no bytes', async () => Buffer.alloc(0), PNG, 'empty'],
    ['a text', async () => Buffer.from('not an image'), PNG, 'not-an-image'],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), PNG, 'not-an-image'],
    ['a JPEG that calls itself PNG', () => plain(20, 20).jpeg().toBuffer(), PNG, 'wrong-type'],
    ['a cut PNG', async () => (await noise(90, 90, 'png')).subarray(0, 9_000), PNG, 'damaged'],
  ];
  for (const [what, make, contentType, reason] of rejections) {
    it(`rejects ${what}, with the reason on the profile, and removes it`, async () => {
      const world = createAvatarsWorld();
      await world.addUser('anna');
      const first = await world.upload('anna', image);
      await settleUpload(world.deps, first);
      const body = await make();
      const name = await world.request('anna', contentType, Math.max(1, body.length));
      world.objects.objects.set(uploadKey(name), { body, contentType });
      expect(await settleUpload(world.deps, name)).to.include({ kind: 'rejected', reason });
      expect(await world.avatarOf('anna')).to.deep.equal({ status: 'rejected', reason, ...shown(first) });
      expect(world.objects.keys()).to.deep.equal([originalKey(first), thumbnailKey(first)]);
      expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    });
  }

  for (const [reason, announced, found] of [
    ['too-large', 5_000_000, { bytes: 5_000_001, contentType: PNG }],
    ['wrong-size', 10, { bytes: 11, contentType: PNG }],
    ['wrong-type', 10, { bytes: 10, contentType: 'text/html' }],
  ] as const) {
    it(`rejects an object that is not as announced as ${reason}, without reading it`, async () => {
      const world = createAvatarsWorld();
      await world.addUser('anna');
      const name = await world.request('anna', PNG, announced);
      world.objects.describe = async () => found;
      world.objects.read = async () => expect.fail('it was read');
      expect(await settleUpload(world.deps, name)).to.include({ kind: 'rejected', reason });
    });
  }

  it('ignores an unknown upload, also with another user’s name', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    await world.addUser('bert');
    const name = await world.upload('anna', image);
    const foreign = { owner: ownerOf('bert'), uploadId: name.uploadId };
    world.objects.objects.set(uploadKey(foreign), { body: image, contentType: PNG });
    expect(await settleUpload(world.deps, foreign)).to.deep.equal({ kind: 'unknown' });
    expect(await world.avatarOf('bert')).to.equal(null);
    expect(world.objects.keys()).to.include(uploadKey(foreign));
  });

  it('removes an upload that arrives for an erased user', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    const user = await world.users.store.find('anna');
    await world.users.store.remove('anna', user?.version ?? '');
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    expect(world.objects.keys()).to.deep.equal([]);
  });

  it('removes only that upload if the user exists again', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const late = await world.upload('anna', image);
    const user = await world.users.store.find('anna');
    await world.users.store.remove('anna', user?.version ?? '');
    expect(await eraseAvatars(world.deps, 'anna')).to.deep.equal({ erased: 1 });
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    await settleUpload(world.deps, name);
    world.objects.objects.set(uploadKey(late), { body: image, contentType: PNG });
    expect(await settleUpload(world.deps, late)).to.deep.equal({ kind: 'over' });
    expect(world.objects.keys()).to.deep.equal([originalKey(name), thumbnailKey(name)]);
  });

  it('leaves nothing of a user who is erased while their upload is checked', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const name = await world.upload('anna', image);
    let erased = false;
    world.objects.beforeCall = async (call) => {
      if (call !== 'write' || erased) return;
      erased = true;
      const user = await world.users.store.find('anna');
      await world.users.store.remove('anna', user?.version ?? '');
      await eraseAvatars(world.deps, 'anna');
    };
    expect(await settleUpload(world.deps, name)).to.deep.equal({ kind: 'over' });
    expect(world.objects.keys()).to.deep.equal([]);
  });

  it('keeps a newer upload that is settled while an older one is removed', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const older = await world.upload('anna', image);
    let newer: Promise<typeof older> | undefined;
    let lists = 0;
    const overtake = async () => {
      const name = await world.upload('anna', image);
      await settleUpload(world.deps, name);
      return name;
    };
    world.objects.beforeCall = async (call) => {
      // The first three lists are of the older upload's clearing; those of the newer one's follow.
      if (call !== 'list' || lists++ >= 3) return;
      newer ??= overtake();
      await newer;
    };
    await settleUpload(world.deps, older);
    const name = (await newer) ?? older;
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'ready', ...shown(name) });
    expect(world.objects.keys()).to.deep.equal([originalKey(name), thumbnailKey(name)]);
  });

  it('changes nothing if a newer upload is requested while it checks an older one', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const first = await world.upload('anna', image);
    await settleUpload(world.deps, first);
    const second = await world.upload('anna', image);
    let third: typeof first | undefined;
    world.objects.beforeCall = async (call) => {
      if (call === 'write') third ??= await world.request('anna', PNG, image.length);
    };
    expect(await settleUpload(world.deps, second)).to.deep.equal({ kind: 'over' });
    expect(third).to.not.equal(undefined);
    expect(await world.avatarOf('anna')).to.deep.equal({ status: 'pending', ...shown(first) });
    expect(world.objects.keys()).to.deep.equal([originalKey(first), thumbnailKey(first)]);
  });

  it('ends in the same state after a retry, wherever it crashed', async () => {
    for (let crashAt = 0; ; crashAt += 1) {
      const world = createAvatarsWorld();
      await world.addUser('anna');
      await settleUpload(world.deps, await world.upload('anna', image));
      const name = await world.upload('anna', image);
      let calls = 0;
      let crashed = false;
      let armed = true;
      const { write } = world.users.store;
      const step = () => {
        if (!armed || calls++ !== crashAt) return;
        crashed = true;
        throw new Error('the process died');
      };
      world.objects.beforeCall = step;
      world.users.store.write = async (user, expected) => {
        step();
        const outcome = await write.call(world.users.store, user, expected);
        // And after the write.
        step();
        return outcome;
      };
      await settleUpload(world.deps, name).catch(() => undefined);
      armed = false;
      await settleUpload(world.deps, name);
      expect(await world.avatarOf('anna'), `${crashAt}`).to.deep.equal({ status: 'ready', ...shown(name) });
      expect(world.objects.keys(), `${crashAt}`).to.deep.equal([originalKey(name), thumbnailKey(name)]);
      if (!crashed) {
        expect(crashAt).to.be.above(8);
        return;
      }
    }
  });

  it('shows the newest good upload and keeps nothing else, in any order and number of events', async function () {
    this.timeout(60_000);
    const good = image;
    const bad = Buffer.from('not an image at all');
    type Step = { kind: 'request'; isGood: boolean } | { kind: 'event'; of: number } | { kind: 'together'; of: number };
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({ kind: fc.constant('request' as const), isGood: fc.boolean() }),
      fc.record({ kind: fc.constant('event' as const), of: fc.nat(20) }),
      fc.record({ kind: fc.constant('together' as const), of: fc.nat(20) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const world = createAvatarsWorld();
        await world.addUser('anna');
        const names: Awaited<ReturnType<typeof world.upload>>[] = [];
        const goods: boolean[] = [];
        // The model: the last request, and the last good upload whose event arrived while it was the last request.
        let status: string | undefined;
        let visible: (typeof names)[number] | undefined;
        for (const next of steps) {
          if (next.kind === 'request') {
            names.push(await world.upload('anna', next.isGood ? good : bad));
            goods.push(next.isGood);
            status = 'pending';
            continue;
          }
          if (names.length === 0) continue;
          const at = next.of % names.length;
          const name = names[at];
          if (!name) continue;
          const times = next.kind === 'together' ? 3 : 1;
          await Promise.all(Array.from({ length: times }, () => settleUpload(world.deps, name)));
          if (at !== names.length - 1 || status !== 'pending') continue;
          status = goods[at] ? 'ready' : 'rejected';
          if (goods[at]) visible = name;
        }
        const avatar = (await world.avatarOf('anna')) as Record<string, unknown> | null;
        expect(avatar?.status).to.equal(status);
        expect(avatar?.url).to.equal(visible && `signed:${originalKey(visible)}`);
        // After every event, only the shown picture is left.
        for (const name of names) await settleUpload(world.deps, name);
        const last = names.at(-1);
        if (last && status === 'pending') visible = goods.at(-1) ? last : visible;
        const expected = visible ? [originalKey(visible), thumbnailKey(visible)] : [];
        expect(world.objects.keys()).to.deep.equal(expected);
      }),
      { numRuns: 60 },
    );
  });
});
