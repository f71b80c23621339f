import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { expect } from 'chai';
import { checkErased } from './check-erased.ts';
import { EraseWorld, HOUR_MS, type Sent } from './erase-world.ts';

const SCHEDULES = 15;
const MINUTE_MS = 60_000;
const USERS = ['u1', 'u2', 'u1"', 'ü', '\\u1', '日本', 'u'];

function anEvent(world: EraseWorld): Omit<Sent, 'arrival'> {
  const { random } = world;
  const userId = random.pick(USERS);
  const fields = {
    action: random.pick(['a', 'b']),
    timestamp: world.now - random.between(0, 3) * HOUR_MS,
    ...(random.chance(0.5) && { value: random.pick([1, 2.5, -3]) }),
    properties: { referrer: random.pick(USERS), value: 'x' },
  };
  if (random.chance(0.1)) {
    return { userId, isGood: false, text: JSON.stringify({ userId, ...fields, action: '__bad' }) };
  }
  let text = JSON.stringify({ userId, ...fields });
  if (random.chance(0.2))
    text = text.replace(/"value":([0-9.-]+)/, '"value":$1e0').replace('"userId"', '"user\\u0049d"');
  return { userId, isGood: true, text };
}

async function runSchedule(seed: number): Promise<void> {
  const world = new EraseWorld(new Random(seed));
  const { random } = world;
  for (let round = 0; round < 60; round++) {
    if (random.chance(0.6)) await world.send(Array.from({ length: random.between(1, 5) }, () => anEvent(world)));
    if (random.chance(0.12)) await world.erase(random.pick(USERS.slice(0, 4)));
    if (random.chance(0.5)) await world.startSweep();
    await world.startTasks();
    for (let calls = random.between(0, 40); calls > 0; calls--) await world.step();
    world.advance(random.pick([1000, MINUTE_MS, 7 * MINUTE_MS, 25 * MINUTE_MS]));
  }
  world.isRough = false;
  for (let round = 0; world.jobs.some(({ isDone }) => !isDone); round++) {
    if (round > 2_000)
      throw new Error(`an erasure does not end: ${JSON.stringify(world.jobs.map(({ input }) => input))}`);
    await world.startSweep();
    await world.startTasks();
    await world.settle();
    world.advance(round < 40 ? 10 * MINUTE_MS : 5 * HOUR_MS);
  }
  if (world.failure) throw world.failure;
  await checkErased(world);
}

describe('erasing people beside sweeps and other erasures', function () {
  this.timeout(120_000);

  it('takes exactly their lines out of every object, whoever dies or freezes when', async () => {
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      await runSchedule(seed).catch((error: Error) => {
        throw new Error(`schedule ${seed}: ${error.message}`, { cause: error });
      });
    }
    expect(SCHEDULES).to.be.above(0);
  });
});
