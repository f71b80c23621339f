import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import sinon from 'sinon';
import { describeAnswerCache } from '../cache/answer-cache.contract.ts';
import { createRedisCache } from '../cache/redis-cache.ts';
import { createStageCache } from '../cache/stage-cache.ts';
import { createFallbackRateLimiter } from '../rate-limit/fallback-rate-limiter.ts';
import { createMemoryRateLimiter } from '../rate-limit/memory-rate-limiter.ts';
import { createRedisRateLimiter, TAKE_SCRIPT } from '../rate-limit/redis-rate-limiter.ts';
import { createStageLimit } from '../rate-limit/stage-limit.ts';
import { type FullAt, takeToken, tokenMicros } from '../rate-limit/token-bucket.ts';
import { createRedisServer, describeWithRedis, type RedisServer } from '../testing/redis-server.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createRedisClient } from './create-redis-client.ts';
import { createRedisLink, type RedisLink } from './redis-link.ts';
import { createLinkReport } from './report-link.ts';
import { createSecretAddress } from './secret-address.ts';

/** How Redis refuses a password. */
const REFUSAL = 'WRONGPASS invalid username-password pair or user is disabled.';

/** The longest wait of a request for a Redis that does not answer: the budget, on a busy machine. */
const SOON_MS = 3_000;
/** The shortest wait for a Redis that hangs. */
const BUDGET_MS = 150;

describeWithRedis('a real Redis', function () {
  this.timeout(30_000);
  let server: RedisServer;
  let now = 0;
  const links: RedisLink[] = [];
  const observe = sinon.spy();
  const warn = sinon.spy();
  const report = createLinkReport({ meter: { ...silentMeter, observe }, log: { ...silentLog, warn } });
  /** The values measured since the last call. */
  const unreached = () => {
    const values = observe.args.map(([, , value]) => value);
    observe.resetHistory();
    return values;
  };

  before(async () => {
    server = await createRedisServer();
    await server.start();
  });
  after(() => server.kill());
  beforeEach(() => {
    observe.resetHistory();
    warn.resetHistory();
  });
  afterEach(() => {
    for (const link of links.splice(0)) link.close();
  });

  const clientOf = (url: string) => createRedisClient(url, { log: silentLog, onRefused: () => undefined });
  const connect = async () => clientOf(server.url);

  function createLink({ pauseMs = 1_000, createClient = connect } = {}) {
    const breaker = createCircuitBreaker({ pauseMs, now: () => now });
    const link = createRedisLink({ createClient, breaker, report, now: () => now });
    links.push(link);
    return link;
  }

  const put = (link: RedisLink, value: string) =>
    link.runScript({ name: 'put', lua: "return redis.call('SET', KEYS[1], ARGV[1])", numberOfKeys: 1, read: String }, [
      'a',
      value,
    ]);

  async function elapsedMs(work: Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work.catch(() => undefined);
    return performance.now() - start;
  }

  describe('createRedisRateLimiter', () => {
    it('decides as the bucket in process does, at the same times', async () => {
      const redis = new Redis(server.url);
      const policies = fc.record({
        ratePerSecond: fc.integer({ min: 100, max: 50_000 }),
        burst: fc.integer({ min: 1, max: 20 }),
      });
      try {
        await fc.assert(
          fc.asyncProperty(policies, fc.integer({ min: 1, max: 60 }), async (policy, requests) => {
            await redis.flushall();
            const cost = tokenMicros(policy);
            let fullAt: FullAt | undefined;
            for (let i = 0; i < requests; i++) {
              const answer = await redis.eval(TAKE_SCRIPT, 1, 'bucket', cost, cost * policy.burst);
              const [allowed, missing, at] = answer as [number, number, string];
              const expected = takeToken(policy, fullAt, Number(at));
              fullAt = expected.fullAt;
              expect([allowed === 1, missing]).to.deep.equal([expected.allowed, expected.fullAt - Number(at)]);
            }
          }),
          { numRuns: 40 },
        );
      } finally {
        redis.disconnect();
      }
    });

    it('shares a bucket among instances, and lets it expire when it is full', async () => {
      const policy = { ratePerSecond: 1, burst: 50 };
      const limiters = [createLink(), createLink()].map((link) =>
        createRedisRateLimiter({ link, policy, prefix: 'shared:', follow: () => undefined }),
      );
      const takes = await Promise.all(Array.from({ length: 80 }, (_unused, i) => limiters[i % 2]?.('key')));
      expect(takes.filter((take) => take?.allowed)).to.have.length(50);
      const redis = new Redis(server.url);
      expect(await redis.pttl('shared:rate:key')).to.be.within(40_000, 50_000);
      redis.disconnect();
    });

    it('sends its script once for each connection and then its hash, also to a Redis that lost the script', async () => {
      const limit = createRedisRateLimiter({
        link: createLink(),
        policy: { ratePerSecond: 1, burst: 9 },
        prefix: 's:',
        follow: () => undefined,
      });
      const redis = new Redis(server.url);
      await redis.config('RESETSTAT');
      for (let i = 0; i < 3; i++) await limit('key');
      await redis.script('FLUSH');
      expect((await limit('key')).remaining).to.equal(5);
      const stats = await redis.info('commandstats');
      expect(stats)
        .to.match(/cmdstat_eval:calls=2/)
        .and.match(/cmdstat_evalsha:calls=3/);
      redis.disconnect();
    });
  });

  describe('createRedisLink', () => {
    it('does not connect before it is used', async () => {
      const createClient = sinon.spy(connect);
      const link = createLink({ createClient });
      expect(createClient.called).to.equal(false);
      await put(link, '1');
      expect(await link.get('a')).to.equal('1');
      expect(await link.get('b')).to.equal(undefined);
      expect(createClient.callCount).to.equal(1);
    });

    it('stops waiting soon for a Redis that hangs, does not call it for a while, and uses it again when it answers', async () => {
      const link = createLink();
      await put(link, '1');
      server.freeze();
      try {
        expect(await elapsedMs(link.get('a'))).to.be.below(SOON_MS);
        expect(await elapsedMs(link.get('a'))).to.be.below(BUDGET_MS);
        now += 1_000;
        expect(await elapsedMs(link.get('a')), 'a new connection hangs too').to.be.below(SOON_MS);
      } finally {
        server.thaw();
      }
      now += 1_000;
      expect(await link.get('a')).to.equal('1');
    });

    it('connects again to a Redis that was restarted', async () => {
      const link = createLink();
      await put(link, '1');
      await server.kill();
      expect(await elapsedMs(link.get('a'))).to.be.below(SOON_MS);
      await server.start();
      now += 1_000;
      await put(link, '2');
      expect(await link.get('a')).to.equal('2');
    });

    it('makes a new connection after a long pause, as a frozen instance has lost the old one', async () => {
      const createClient = sinon.spy(connect);
      const link = createLink({ createClient });
      await put(link, '1');
      now += 3_600_000;
      expect(await link.get('a')).to.equal('1');
      expect(createClient.callCount).to.equal(2);
    });

    it('opens one connection for requests that come at once', async () => {
      const createClient = sinon.spy(connect);
      const link = createLink({ createClient });
      await Promise.all(Array.from({ length: 20 }, () => link.get('a')));
      const clients = await Promise.all(createClient.returnValues);
      expect(clients.filter(({ status }) => status !== 'wait')).to.have.length(1);
    });

    it('reports an address at which no server listens, and no more often than needed', async () => {
      const link = createLink({ createClient: async () => clientOf('redis://127.0.0.1:1') });
      expect(await elapsedMs(link.get('a'))).to.be.below(SOON_MS);
    });
  });

  describe('a password that is rotated', () => {
    const withPassword = (password: string) => server.url.replace('//', `//:${password}@`);
    let admin: Redis;
    beforeEach(() => {
      admin = new Redis(server.url);
    });
    afterEach(async () => {
      await admin.config('SET', 'requirepass', '');
      admin.disconnect();
    });

    it('is read again as soon as the old one is refused, and no log has it', async () => {
      await admin.config('SET', 'requirepass', 'first');
      const readSecret = sinon.stub().resolves(withPassword('first'));
      const log = { ...silentLog, warn: sinon.spy(), debug: sinon.spy() };
      const address = createSecretAddress({ name: 'redis', log, readSecret });
      const createClient = async () => createRedisClient(await address.read(), { log, onRefused: address.refused });
      const link = createLink({ createClient });
      await put(link, '1');
      await admin.config('SET', 'requirepass', 'second');
      await put(link, '2');
      now += 3_600_000;
      expect(await link.get('a').catch(String)).to.equal(`Error: ${REFUSAL}`);
      readSecret.resolves(withPassword('second'));
      now += 1_000;
      expect(await link.get('a')).to.equal('2');
      expect(readSecret.args.map(([, options]) => options.isAnew)).to.deep.equal([false, false, true]);
      expect(log.warn.callCount).to.equal(1);
      expect(log.debug.args.flat()).to.deep.include({ reason: REFUSAL });
      expect(inspect([log.warn.args, log.debug.args, warn.args], { depth: 9 })).to.not.match(/first|second/);
    });
  });

  describe('createRedisCache', () => {
    describeAnswerCache(() => createRedisCache({ link: createLink(), prefix: 'cache:' }), 'test-');

    it('keeps an answer for its time, for every instance', async () => {
      const [one, other] = [createLink(), createLink()].map((link) => createRedisCache({ link, prefix: 'cache:' }));
      await one?.set('shared', { count: 1, readAt: 2, text: 'x'.repeat(300_000) }, 1_000);
      expect((await other?.get('shared'))?.text).to.have.length(300_000);
      await sleep(1_050);
      expect(await other?.get('shared')).to.equal(undefined);
    });

    it('ignores values that another program wrote', async () => {
      const link = createLink();
      await put(link, 'nonsense');
      const cache = createRedisCache({ link, prefix: '' });
      expect(await cache.get('a')).to.equal(undefined);
      await cache.set('a', { count: 1, readAt: 2, text: '3' }, 1_000);
      expect(await cache.get('a')).to.deep.equal({ count: 1, readAt: 2, text: '3', isShared: true });
    });
  });

  it('grants the user of a stage’s own cache what limits and answers need, on the stage’s keys alone', async () => {
    const yml = readFileSync(new URL('../../resources/redis-cache.yml', import.meta.url), 'utf8');
    const [, rules = ''] = /AccessString: (.*)/.exec(yml) ?? [];
    const admin = new Redis(server.url);
    await admin.call('ACL', 'SETUSER', 'weir-test', ...rules.replace(/\$\{sls:stage\}/, 'test').split(' '), 'nopass');
    const link = createLink({ createClient: async () => clientOf(server.url.replace('//', '//weir-test:signed@')) });
    const limit = createStageLimit({
      config: { stage: 'test', ratePerSecond: 1, burst: 9 },
      redis: link,
      now: () => now,
    });
    const cache = createStageCache({ config: { stage: 'test' }, redis: link, now: () => now });
    // The second call of a script sends its hash.
    for (const rest of [8, 7]) expect((await limit('key')).headers.ratelimit).to.include(`r=${rest};`);
    for (const count of [1, 2]) await cache.set('a', { count, readAt: 2, text: '3' }, 60_000);
    expect(await cache.get('a')).to.deep.include({ count: 2, isShared: true });
    expect(unreached()).to.deep.equal([0]);
    expect(await link.get('weir:other:a').catch(String)).to.match(/NOPERM/);
    admin.disconnect();
  });

  it('keeps answers in process while Redis is down', async () => {
    const cache = createStageCache({ config: { stage: 'test' }, redis: createLink(), now: () => now });
    const answer = { count: 1, readAt: 2, text: '3' };
    await server.kill();
    await cache.set('a', answer, 60_000);
    expect(await cache.get('a')).to.deep.equal({ ...answer, isShared: false });
    await server.start();
    now += 1_000;
    expect(await cache.get('a')).to.equal(undefined);
    await cache.set('a', answer, 60_000);
    expect(await cache.get('a')).to.deep.equal({ ...answer, isShared: true });
  });

  it('may be down, hang or return: keys are still limited, and each failed use is measured, not each request', async () => {
    const policy = { ratePerSecond: 1, burst: 2 };
    const take = createFallbackRateLimiter(
      createRedisRateLimiter({ link: createLink(), policy, prefix: 'down:', follow: () => undefined }),
      createMemoryRateLimiter({ policy, now: () => 1_764_000_000_000 }),
    );
    expect((await take('key')).remaining).to.equal(1);
    expect(unreached()).to.deep.equal([0]);
    await server.kill();
    const taken = [await take('key'), await take('key'), await take('key')];
    expect(taken.map(({ allowed }) => allowed)).to.deep.equal([true, true, false]);
    expect(unreached()).to.deep.equal([1]);
    now += 1_000;
    for (let i = 0; i < 3; i++) await take('key');
    expect(unreached(), 'an outage that goes on is measured again').to.deep.equal([1]);
    expect(warn.callCount, 'one line for an outage').to.equal(1);
    await server.start();
    now += 1_000;
    expect((await take('key')).remaining).to.equal(1);
    expect(unreached()).to.deep.equal([0]);
  });

  it('may give an invalid answer, which counts as no answer', async () => {
    const link = createLink();
    const read = () => {
      throw new Error('no bucket');
    };
    const failure = await link.runScript({ name: 'odd', lua: 'return 1', numberOfKeys: 0, read }, []).catch(String);
    expect(failure).to.equal('Error: no bucket');
    expect(unreached()).to.deep.equal([0, 1]);
  });

  it('may fail to load, which is measured too', async () => {
    const link = createLink({ createClient: () => Promise.reject(new TypeError('Redis is not a constructor')) });
    await link.get('a').catch(() => undefined);
    expect(unreached()).to.deep.equal([1]);
  });
});
