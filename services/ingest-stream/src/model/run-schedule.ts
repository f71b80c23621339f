import { ARRIVAL_SLACK_MS } from '../progress/closed-up-to.ts';
import { CheckedActivityReader } from './check-activity.ts';
import { CheckedAuditor } from './check-audit.ts';
import { checkOutcome } from './check-outcome.ts';
import { CheckedReader } from './check-reads.ts';
import { USERS, VirtualProducer } from './producer.ts';
import { Random } from './random.ts';
import { createMemoryTable, type VirtualTable } from './virtual-table.ts';
import { CLOCK_AHEAD_MS, DAY_MS, ENTRY_TTL_SECONDS, HOUR_MS, MINUTE_MS, World } from './world.ts';

/** The numbers of entries and reads of a schedule. */
export interface ScheduleReport {
  readonly entries: number;
  readonly reads: number;
  /** The reads that a kept answer answered. */
  readonly rechecks: number;
  readonly shards: number;
  readonly audits: number;
}

export interface ScheduleOptions {
  readonly table?: VirtualTable;
  /** The ticks of a schedule. In each, an event, poll, fault, sweep or read may begin. */
  readonly shortest?: number;
  readonly longest?: number;
  /** The share of schedules with audits. */
  readonly audited?: number;
}

const MAX_ACTIONS = 4;
const MAX_SHARDS = 8;
/** The most sweeps that a shard takes that was quiet for weeks. */
const SWEEPS_TO_TIP = 3;

/**
 * One random life of a deployment: producers, resharding, crashes, frozen instances, lost answers, folds, sweeps,
 * readers, erasures, quiet weeks, a limit that is raised meanwhile. Throws the first fault that it finds.
 */
export async function runSchedule(seed: number, options: ScheduleOptions = {}): Promise<ScheduleReport> {
  // An audit takes longer than a schedule.
  const { table = createMemoryTable(), shortest = 120, longest = 320, audited = 0.1 } = options;
  const world = new World(new Random(seed), table);
  const producer = new VirtualProducer(world);
  const ofMetrics = [new CheckedReader(world), new CheckedReader(world)];
  const readers = [...ofMetrics, new CheckedActivityReader(world)];
  const auditor = new CheckedAuditor(world);
  const { random } = world;
  const isAudited = random.chance(audited);
  const ticks = random.between(shortest, longest);
  for (let tick = 0; tick < ticks; tick++) {
    if (random.chance(0.5)) producer.produce();
    // Two reshards at once leave a shard without a record between parents and children.
    if (random.chance(0.015)) {
      for (let i = random.between(1, 2); i > 0 && world.stream.shards.length < MAX_SHARDS; i--) {
        world.stream.reshard(random);
      }
    }
    if (tick === Math.floor(ticks / 2)) world.maxActions = MAX_ACTIONS + 1;
    world.now += random.pick([0, 0, 200, 2000, 20_000]);
    if (random.chance(0.05)) world.now += random.between(3, 12) * MINUTE_MS;
    if (random.chance(0.02)) world.expire();
    if (random.chance(0.008)) await quietWeeks(world);
    if (random.chance(0.06)) await world.startSweep();
    if (random.chance(0.03)) await world.startErasure(random.pick(USERS));
    if (random.chance(0.4)) await random.pick(readers).start();
    if (isAudited && random.chance(0.03)) await auditor.start();
    await turn(world, random.between(1, 8));
  }
  await drain(world, producer);
  await checkOutcome(world, MAX_ACTIONS + 1);
  await checkProgress(world);
  if (isAudited) await auditor.checkAll();
  if (world.failure) throw world.failure;
  return {
    entries: world.ledger.entries,
    reads: readers.reduce((sum, { reads }) => sum + reads, 0),
    audits: auditor.audits,
    rechecks: ofMetrics.reduce((sum, { rechecks }) => sum + rechecks, 0),
    shards: world.stream.everyShard.length,
  };
}

async function turn(world: World, steps: number): Promise<void> {
  await world.poll();
  for (let i = 0; i < steps; i++) await world.step();
  if (world.failure) throw world.failure;
}

/**
 * Everything is read; sweeps fold it and rewrite its hours. Then nothing happens until entries have expired; sometimes
 * the stream is also deleted and created again.
 */
async function quietWeeks(world: World): Promise<void> {
  await settle(world);
  world.now += 2 * HOUR_MS;
  await world.sweep();
  world.now += ENTRY_TTL_SECONDS * 1000 + world.random.between(1, 3) * DAY_MS;
  world.expire();
  if (world.random.chance(0.3)) world.stream.remake(world.now, world.random.between(1, 2));
}

/** The end: no more faults; everything is read, folded and rewritten. */
async function drain(world: World, producer: VirtualProducer): Promise<void> {
  world.isRough = false;
  do await settle(world);
  while (producer.resendMisplaced());
}

/**
 * When everything is read, quiet shards and those that never had a record hold nothing back, once the minutes' sweeps
 * have read on to the tip.
 */
async function checkProgress(world: World): Promise<void> {
  let behind = 0;
  for (let sweep = 0; sweep < SWEEPS_TO_TIP; sweep++) {
    world.now += MINUTE_MS;
    await world.sweep();
    const { closedUpTo = 0 } = (await world.store.readProgress()) ?? {};
    behind = world.now + CLOCK_AHEAD_MS - ARRIVAL_SLACK_MS - closedUpTo;
  }
  if (behind !== 0) throw new Error(`the progress is ${behind} ms behind`);
}

async function settle(world: World): Promise<void> {
  const wasRough = world.isRough;
  world.isRough = false;
  for (let i = 0; !world.isIdle; i++) {
    if (i > 5000) throw new Error('the stream is stuck');
    world.now += 1000;
    await turn(world, 20);
  }
  if (world.random.chance(0.8)) {
    world.now += 10 * MINUTE_MS;
    await world.sweep();
  }
  world.isRough = wasRough;
}
