import { createRedisServer, describeWithRedis, type RedisServer } from '@weir/api/src/testing/redis-server.ts';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { createDoors, type Doors } from './doors.ts';
import { createWeirProcess, type WeirProcess } from './weir-process.ts';

/** The number of scripts that the Redis has run: one for each request of a key. */
async function scriptsRun(client: Redis): Promise<number> {
  const stats = await client.info('commandstats');
  return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
}

describeWithRedis('npm start with WEIR_REDIS_URL', function () {
  this.timeout(180_000);
  let redis: RedisServer;
  let weir: WeirProcess;
  let doors: Doors;
  let client: Redis;

  before(async () => {
    redis = await createRedisServer();
    await redis.start();
    client = new Redis(redis.url);
    weir = await createWeirProcess({ redisUrl: redis.url });
    doors = createDoors(await weir.start());
  });
  after(async () => {
    client?.disconnect();
    doors?.close();
    await weir?.remove();
    await redis?.kill();
  });

  it('limits keys in that Redis, for all instances together', async () => {
    const before = await scriptsRun(client);
    const answers = await Promise.all(Array.from({ length: 8 }, () => doors.call('/actions')));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(200));
    expect(await scriptsRun(client)).to.be.at.least(before + 8);
  });
});
