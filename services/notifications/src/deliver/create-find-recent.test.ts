import type { Endpoint } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import { createFindRecent } from './create-find-recent.ts';

describe('an endpoint as it was a moment ago', () => {
  it('is asked for once a second, each on its own', async () => {
    const asked: string[] = [];
    const clock = { now: 0 };
    const findEndpoint = async (id: string) => ({ id, revision: asked.push(id) }) as Endpoint;
    const findRecent = createFindRecent({ findEndpoint }, () => clock.now);
    const find = async (id: string) => (await findRecent(id))?.revision;
    expect(await Promise.all([find('a'), find('a'), find('b')])).to.deep.equal([1, 1, 2]);
    clock.now = 999;
    expect(await find('a')).to.equal(1);
    clock.now = 1000;
    expect(await find('a')).to.equal(3);
  });

  it('is asked for again at once if the table did not answer', async () => {
    let isDown = true;
    const findEndpoint = async () => {
      if (isDown) throw new Error('throttled');
      return undefined;
    };
    const findRecent = createFindRecent({ findEndpoint }, () => 0);
    expect(await findRecent('a').catch(({ message }: Error) => message)).to.equal('throttled');
    isDown = false;
    expect(await findRecent('a')).to.equal(undefined);
  });
});
