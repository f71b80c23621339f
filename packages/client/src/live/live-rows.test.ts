import { expect } from 'chai';
import { type Client, createClient, LiveError, ProblemError } from '../index.ts';
import { answer, FakeApi, problem } from '../testing/fake-api.ts';
import { FakePush, rowOf } from '../testing/fake-push.ts';

const QUERY = { actions: ['a', 'b'], interval: 'minute' } as const;

describe('live rows', function () {
  this.timeout(20_000);
  let push: FakePush;
  let weir: Client;
  let isRefused = false;

  beforeEach(async () => {
    push = new FakePush();
    await push.start();
    const api = new FakeApi(() => (isRefused ? problem(401, 'unauthorized') : answer(200, { items: [] })));
    weir = createClient({ url: 'https://weir.example/v1', key: 'weir_k', pushUrl: push.url, fetch: api.fetch });
  });

  afterEach(() => {
    isRefused = false;
    return push.stop();
  });

  it('are those that are there, and then each one as it changes', async () => {
    push.push(rowOf('a', 1), rowOf('b', 4), rowOf('c', 1));
    const found: [string, number][] = [];
    for await (const { action, count } of weir.live(QUERY)) {
      found.push([action, count]);
      if (found.length === 2) push.push(rowOf('a', 2), rowOf('c', 2));
      if (found.length === 3) break;
    }
    expect(found).to.deep.equal([
      ['a', 1],
      ['b', 4],
      ['a', 2],
    ]);
  });

  it('go on after Weir was away, and nothing is missing or twice', async () => {
    push.push(rowOf('a', 1));
    const found: number[] = [];
    for await (const { count } of weir.live(QUERY)) {
      found.push(count);
      if (count === 1) {
        await push.stop();
        push.push(rowOf('a', 5));
        await push.start();
      } else {
        break;
      }
    }
    expect(found).to.deep.equal([1, 5]);
    expect(push.connections).to.equal(2);
  });

  it('end when the reader leaves, and their connection with them', async () => {
    push.push(rowOf('a', 1));
    for await (const _ of weir.live(QUERY)) break;
    const rows = weir.live(QUERY);
    expect((await rows.next()).value).to.include({ count: 1 });
    await rows.return(undefined as never);
    expect(push.connections).to.equal(2);
  });

  it('end with the reason of a signal', async () => {
    const reason = new Error('enough');
    const stop = new AbortController();
    const next = weir.live(QUERY, { signal: stop.signal }).next();
    stop.abort(reason);
    expect(await next.catch((error: unknown) => error)).to.equal(reason);
  });

  it('fail if the key may not see an action', async () => {
    const rows = weir.live({ actions: ['secret'], interval: 'hour' });
    const error = await rows.next().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LiveError).and.include({ code: 'forbidden' });
  });

  it('fail when the key has ended', async () => {
    push.push(rowOf('a', 1));
    const rows = weir.live(QUERY);
    await rows.next();
    isRefused = true;
    push.key = 'weir_other';
    await push.stop();
    await push.start();
    const error = await rows.next().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ProblemError).and.include({ problem: 'unauthorized' });
  });

  it('need an address, and a key', async () => {
    const away = createClient({ url: 'https://weir.example/v1' });
    expect(() => away.live(QUERY)).to.throw(TypeError, 'live rows need pushUrl and key');
  });
});
