import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { expect } from 'chai';
import { checkAudit } from './check-audit.ts';
import { checkErased } from './check-erased.ts';
import { EraseWorld, HOUR_MS, type Sent } from './erase-world.ts';

const SCHEDULES = 15;
const MINUTE_MS = 60_000;
const USERS = ['u1', 'u2', 'u1"', 'ü', '\\u1', '日本', 'u'];
/** The people who are sometimes deleted. */
const ERASED = USERS.slice(0, 5);

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
  if (random.chance(0.2)) {
    text = text.replace(/"value":([0-9.-]+)/, '"value":$1e0').replace('"userId"', '"user\\u0049d"');
  }
  return { userId, isGood: true, text };
}

/** Sends, deletes and sweeps, while processes die, freeze and fail. Then lets all of them finish. */
async function runSchedule(seed: number): Promise<EraseWorld> {
  const world = new EraseWorld(new Random(seed));
  const { random } = world;
  for (let round = 0; round < 60; round++) {
    if (random.chance(0.6)) world.send(Array.from({ length: random.between(1, 5) }, () => anEvent(world)));
    if (random.chance(0.8)) await world.consume();
    for (const chance of [0.2, 0.2, 0.1]) if (random.chance(chance)) await world.startErasing(random.pick(ERASED));
    if (random.chance(0.5)) await world.startSweep();
    if (random.chance(0.3)) await world.startSchedule();
    for (let calls = random.between(0, 150); calls > 0; calls--) {
      await world.startTasks();
      await world.step();
    }
    world.advance(random.pick([1000, MINUTE_MS, 7 * MINUTE_MS, 25 * MINUTE_MS]));
  }
  world.isRough = false;
  // An outage of the consumer may last for days: its unread records stay on the stream.
  const outage = random.between(0, 60);
  for (let round = 0; round <= outage || world.isAnybodyLeft; round++) {
    if (round > 2_000) {
      throw new Error(`an erasure does not end: ${JSON.stringify([...world.erasures.receipts.values()])}`);
    }
    if (round === outage) await world.consume();
    await world.startSweep();
    for (const { id, status } of world.erasures.receipts.values()) {
      if (status === 'failed') await world.startErasing(world.owners.get(id) ?? '');
    }
    await world.startSchedule();
    await settleAll(world);
    world.advance(round < 40 ? 10 * MINUTE_MS : 5 * HOUR_MS);
  }
  await settleAll(world);
  if (world.failure) throw world.failure;
  await checkErased(world);
  await checkAudit(world);
  return world;
}

async function settleAll(world: EraseWorld): Promise<void> {
  do {
    await world.startTasks();
    await world.settle();
  } while (world.executions.idle().length > 0);
}

describe('erasing people beside sweeps and other passes', function () {
  this.timeout(120_000);

  it('removes exactly their lines from all objects while others join, and processes die, freeze or fail', async () => {
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      await runSchedule(seed).catch((error: Error) => {
        throw new Error(`schedule ${seed}: ${error.message}`, { cause: error });
      });
    }
    expect(SCHEDULES).to.be.above(0);
  });
});
