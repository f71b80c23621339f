import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { plain } from '../../services/api/src/testing/images.ts';
import { useWeir } from './shared-weir.ts';

const ACTION = 'erasure';
const TIMEOUT_MS = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };

interface Place {
  readonly name: string;
  readonly status: string;
  readonly items?: number;
  readonly erasedAt?: string;
}

describe('erasing a person through the API’s door', function () {
  this.timeout(240_000);
  const weir = useWeir();
  const person = `/users/${encodeURIComponent('erasure ü/1')}`;

  const activityOf = async (path: string): Promise<number> => {
    const { items } = (await weir.doors.call(`${path}/activity`)).body as { items: { count: number }[] };
    return items.reduce((sum, { count }) => sum + count, 0);
  };
  const put = (userId: string) =>
    weir.doors.put([{ data: JSON.stringify({ userId, action: ACTION, timestamp: Date.now() }) }]);

  /** Uploads a picture, and gives the URL of its thumbnail. */
  const uploadAvatar = async (): Promise<string> => {
    const image = await plain(300, 200).png().toBuffer();
    const body = JSON.stringify({ contentType: 'image/png', size: image.length });
    const { upload } = (await weir.doors.call(`${person}/avatar`, { method: 'POST', body, headers: JSON_TYPE })).body;
    await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(image) });
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const { avatar } = (await weir.doors.call(person)).body;
      if (avatar.status === 'ready') return avatar.thumbnailUrl;
      if (performance.now() > deadline) throw new Error(`the avatar is ${avatar.status} after ${TIMEOUT_MS} ms`);
      await sleep(100);
    }
  };

  it('removes their profile and activity at once, continues by itself, and changes no metric', async () => {
    const { doors } = weir;
    await doors.call(person, { method: 'PUT', body: '{"name":"Zoë"}', headers: JSON_TYPE });
    const thumbnail = await uploadAvatar();
    expect((await fetch(thumbnail)).status).to.equal(200);
    await put('erasure ü/1');
    await put('erasure other');
    await doors.settle();
    expect(await activityOf(person)).to.equal(1);

    const begun = await doors.call(person, { method: 'DELETE' });
    expect(begun.status).to.equal(202);
    expect((await doors.call(person)).status).to.equal(404);
    expect((await fetch(thumbnail)).status).to.equal(404);
    expect(await activityOf(person)).to.equal(0);
    expect(await activityOf(`/users/${encodeURIComponent('erasure other')}`)).to.equal(1);
    expect(await doors.count(ACTION)).to.equal(2);

    const deadline = performance.now() + TIMEOUT_MS;
    const walked = async (): Promise<Place[]> => {
      const { body } = await doors.call(`/erasures/${begun.body.id}`);
      expect(body.status).to.equal('running');
      return body.places.filter(({ name, erasedAt }: Place) => name === 'on-failure' && erasedAt !== undefined);
    };
    while ((await walked()).length === 0) {
      if (performance.now() > deadline) throw new Error(`no pass has ended after ${TIMEOUT_MS} ms`);
      await sleep(100);
    }
    const { body: receipt } = await doors.call(`/erasures/${begun.body.id}`);
    const items = (receipt.places as Place[]).map(({ name, items }) => [name, items]);
    expect(Object.fromEntries(items)).to.include({ profile: 1, avatars: 2, activity: 1 });
    expect(JSON.stringify(receipt)).to.not.include('erasure ü');
  });
});
