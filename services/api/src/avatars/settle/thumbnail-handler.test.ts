import type { Logger } from '@weir/logging';
import type { S3Event } from 'aws-lambda';
import { expect } from 'chai';
import sinon from 'sinon';
import { createAvatarsWorld } from '../../testing/avatars-world.ts';
import { plain } from '../../testing/images.ts';
import { uploadKey } from '../stored/upload-name.ts';
import { decodeObjectKey } from './decode-object-key.ts';
import { settleEvent } from './thumbnail-handler.ts';

/** The event that S3 sends for objects with these keys, in S3's encoding. */
function eventOf(...keys: string[]): S3Event {
  return { Records: keys.map((key) => ({ s3: { object: { key } } })) } as unknown as S3Event;
}

describe('settleEvent', () => {
  let image: Buffer;
  before(async () => {
    image = await plain(30, 30).png().toBuffer();
  });

  it('settles every upload of the event', async () => {
    const world = createAvatarsWorld();
    const names = [];
    for (const user of ['anna', 'Zoë + 1', '一 二']) {
      await world.addUser(user);
      names.push(await world.upload(user, image));
    }
    await settleEvent(world.deps, eventOf(...names.map(uploadKey)));
    for (const user of ['anna', 'Zoë + 1', '一 二']) {
      expect(await world.avatarOf(user), user).to.include({ status: 'ready' });
    }
  });

  it('fails if one upload fails, after it has settled the others', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    await world.addUser('bert');
    const [anna, bert] = [await world.upload('anna', image), await world.upload('bert', image)];
    world.objects.beforeCall = sinon.stub().onFirstCall().throws(new Error('S3 is down')).returns(undefined);
    let thrown: unknown;
    await settleEvent(world.deps, eventOf(uploadKey(anna), uploadKey(bert))).catch((error) => {
      thrown = error;
    });
    expect(thrown).to.be.instanceOf(AggregateError).with.property('message', '1 uploads could not be settled');
    expect(await world.avatarOf('anna')).to.include({ status: 'pending' });
    expect(await world.avatarOf('bert')).to.include({ status: 'ready' });
  });

  for (const [what, encoded, key] of [
    ['blanks, plus signs and letters of any script', 'uploads/a+b%2Bc/%E4%B8%80+%C3%BC.png', 'uploads/a b+c/一 ü.png'],
    ['a percent sign', 'uploads/100%25', 'uploads/100%'],
    ['no encoding that could be read', 'uploads/%E4%B8', 'uploads/%E4%B8'],
  ] as const) {
    it(`ignores an object whose key has ${what}, and logs the key`, async () => {
      const world = createAvatarsWorld();
      const object = { body: image, contentType: 'image/png' };
      world.objects.objects.set(key, object);
      const warn = sinon.stub<Parameters<Logger['warn']>, void>();
      await settleEvent({ ...world.deps, log: { ...world.deps.log, warn } }, eventOf(encoded));
      expect(world.objects.objects.get(key)).to.equal(object);
      expect(warn.args).to.deep.equal([['Ignored an unknown object', { key }]]);
    });
  }

  it('counts the rejected uploads', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const count = sinon.stub();
    const name = await world.upload('anna', Buffer.from('no image'));
    await settleEvent({ ...world.deps, meter: { ...world.deps.meter, count } }, eventOf(uploadKey(name)));
    expect(count.args).to.deep.equal([['AvatarsRejected']]);
  });

  it('logs the decoder’s message about an image that it cannot decode', async () => {
    const world = createAvatarsWorld();
    await world.addUser('anna');
    const info = sinon.stub<Parameters<Logger['info']>, void>();
    const name = await world.upload('anna', image.subarray(0, -30));
    await settleEvent({ ...world.deps, log: { ...world.deps.log, info } }, eventOf(uploadKey(name)));
    expect(info.args[0]?.[1]).to.have.nested.property('settlement.detail').that.includes('Error: ');
    expect(await world.avatarOf('anna'))
      .to.include({ status: 'rejected', reason: 'damaged' })
      .and.not.have.property('detail');
  });

  it('accepts the event with which S3 tests a configuration', async () => {
    await settleEvent(createAvatarsWorld().deps, {});
  });
});

describe('decodeObjectKey', () => {
  it('is undefined for an invalid encoding', () => {
    expect(decodeObjectKey('a%zz')).to.equal(undefined);
    expect(decodeObjectKey('a%2Bb+c%20d')).to.equal('a+b c d');
  });
});
