import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { redisAddress, redisProblem } from './local-redis.ts';

describe('the Redis of npm start', () => {
  it('is shown by host and port, never with its password', () => {
    expect(redisAddress('redis://127.0.0.1:6380/2')).to.equal('127.0.0.1:6380');
    expect(redisAddress('rediss://user:secret@cache.test')).to.equal('cache.test:6379');
    expect(redisAddress('redis://[::1]:7000')).to.equal('[::1]:7000');
  });

  it('may be left out', async () => {
    expect(await redisProblem('')).to.equal(undefined);
  });

  for (const url of ['localhost:6379', 'http://localhost:6379', 'redis://', '127.0.0.1']) {
    it(`is refused with one sentence where it is ${url}`, async () => {
      expect(await redisProblem(url)).to.match(/^WEIR_REDIS_URL must begin with redis:\/\/ or rediss:\/\/, as in /);
    });
  }

  it('is refused where nothing answers, with the way to start one', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `redis://:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await redisProblem(url)).to.equal(undefined);
    server.close();
    await once(server, 'close');
    expect(await redisProblem(url))
      .to.match(/names a Redis at 127\.0\.0\.1:\d+, and nothing answers there: start one \(`redis-server --port \d+`\)/)
      .and.not.include('secret');
  });
});
