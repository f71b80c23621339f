import { expect } from 'chai';
import type { Principal } from '../http/callers/principal.ts';
import { createAvatarsWorld, uploadIdOf } from '../testing/avatars-world.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { NOW } from '../testing/users-api.ts';
import { IMAGE_TYPES } from './images/image-types.ts';
import { ownerOf } from './stored/upload-name.ts';

const PATH = '/v1/users/u_42/avatar';
const post = (body: unknown) => ({ method: 'POST', path: PATH, body: JSON.stringify(body) });

describe('POST /v1/users/{userId}/avatar', () => {
  it('answers with an address, its headers, and its expiry', async () => {
    const world = createAvatarsWorld();
    await world.addUser('u_42');
    const { status, body } = await world.call(post({ contentType: 'image/png', size: 1234 }));
    expect(status).to.equal(201);
    const { upload, expiresAt } = body as { upload: { url: string }; expiresAt: string };
    expect(upload.url).to.equal(`signed:uploads/${ownerOf('u_42')}/${uploadIdOf(0)}?bytes=1234`);
    expect(Date.parse(expiresAt) - NOW).to.be.within(900_000, 901_000);
  });

  it('makes the avatar pending, and stores the upload', async () => {
    const world = createAvatarsWorld();
    await world.addUser('u_42');
    const name = await world.request('u_42', 'image/webp', 77);
    expect(await world.avatarOf('u_42')).to.deep.equal({ status: 'pending' });
    const found = await world.uploads.find(name);
    expect(found).to.include({ userId: 'u_42', contentType: 'image/webp', bytes: 77 });
    expect((found?.keptUntil ?? 0) - NOW).to.be.above(15 * 86_400_000);
  });

  for (const contentType of IMAGE_TYPES) {
    it(`accepts ${contentType} of 1 and of 5,000,000 bytes`, async () => {
      const world = createAvatarsWorld();
      await world.addUser('u_42');
      for (const size of [1, 5_000_000]) expect((await world.call(post({ contentType, size }))).status).to.equal(201);
    });
  }

  for (const [body, pointers] of [
    [{ contentType: 'image/svg+xml', size: 10 }, ['/contentType']],
    [{ contentType: 'image/png', size: 5_000_001 }, ['/size']],
    [{ contentType: 'image/png', size: 0 }, ['/size']],
    [{ contentType: 'image/png', size: 1.5 }, ['/size']],
    [{ contentType: 'IMAGE/PNG', size: '10' }, ['/contentType', '/size']],
    [{}, ['/contentType', '/size']],
    [{ contentType: 'image/png', size: 10, key: 'uploads/else' }, ['/key']],
  ] as const) {
    it(`refuses ${JSON.stringify(body)}, with the place of the fault`, async () => {
      const world = createAvatarsWorld();
      await world.addUser('u_42');
      const answer = await world.call(post(body));
      expectProblem(answer, 'invalid-body');
      const errors = answer.body.errors as { pointer: string }[];
      expect(errors.map(({ pointer }) => pointer).sort()).to.deep.equal([...pointers]);
      expect(await world.avatarOf('u_42')).to.equal(null);
    });
  }

  it('answers 404 for a user without a profile, and stores nothing', async () => {
    const world = createAvatarsWorld();
    expectProblem(await world.call(post({ contentType: 'image/png', size: 10 })), 'resource-not-found');
    expect(await world.uploads.find({ owner: ownerOf('u_42'), uploadId: uploadIdOf(0) })).to.equal(undefined);
  });

  it('removes the user of an upload if the user is erased meanwhile', async () => {
    const world = createAvatarsWorld();
    await world.addUser('u_42');
    const create = world.uploads.create.bind(world.uploads);
    world.uploads.create = async (upload) => {
      await create(upload);
      const user = await world.users.store.find('u_42');
      await world.users.store.remove('u_42', user?.version ?? '');
    };
    expectProblem(await world.call(post({ contentType: 'image/png', size: 10 })), 'resource-not-found');
    const found = await world.uploads.find({ owner: ownerOf('u_42'), uploadId: uploadIdOf(0) });
    expect(found?.userId).to.equal(undefined);
  });

  it('is unavailable while the store or the signer is', async () => {
    const broken = async () => {
      throw new Error('down');
    };
    const unsigned = createAvatarsWorld({ urls: { signUpload: broken, signDownload: broken } });
    await unsigned.addUser('u_42');
    expectProblem(await unsigned.call(post({ contentType: 'image/png', size: 10 })), 'unavailable');
    const unstored = createAvatarsWorld();
    await unstored.addUser('u_42');
    unstored.uploads.create = broken;
    expectProblem(await unstored.call(post({ contentType: 'image/png', size: 10 })), 'unavailable');
  });

  it('gives one address for one Idempotency-Key, and shows it once, as it is a permission', async () => {
    const world = createAvatarsWorld();
    await world.addUser('u_42');
    const again = { ...post({ contentType: 'image/png', size: 10 }), headers: { 'idempotency-key': 'once' } };
    const [first, second] = [await world.call(again), await world.call(again)];
    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(first.body).to.have.all.keys('upload', 'expiresAt');
    expect(second.body).to.deep.equal({ expiresAt: first.body.expiresAt });
    expect(await world.uploads.find({ owner: ownerOf('u_42'), uploadId: uploadIdOf(1) })).to.equal(undefined);
  });

  it('needs a key with the scope users:write', async () => {
    const world = createAvatarsWorld();
    const principal: Principal = { kind: 'principal', keyId: 'k', scopes: new Set(['users:read']) };
    expectProblem(await world.call({ ...post({}), principal }), 'forbidden');
  });
});
