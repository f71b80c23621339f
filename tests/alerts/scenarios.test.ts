import { Random } from '@weir/ingest-stream/src/model/random.ts';
import type { VirtualShard } from '@weir/ingest-stream/src/model/virtual-stream.ts';
import { expect } from 'chai';
import { AlertWorld, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, START } from './alert-world.ts';

const LATE_MS = 60 * SECOND_MS;
/** How long after a bucket may be closed it is judged: the minute of the sweep, and some seconds. */
const MOST_MS = 70 * SECOND_MS;

const shardsOf = ({ stream }: AlertWorld) => stream.shards as [VirtualShard, VirtualShard, VirtualShard];
const startsOf = (world: AlertWorld) => world.firings().map(({ bucket }) => bucket.start);
/** Each minute from a first one on, up to the last that must have been judged at a time, or a later one. */
function expectEach(starts: readonly number[], first: number, until: number): void {
  expect(starts).to.deep.equal(starts.map((_, i) => first + i * MINUTE_MS));
  expect(starts.at(-1)).to.be.at.least(until - LATE_MS - MOST_MS - 2 * MINUTE_MS + SECOND_MS);
}

/** One event every half minute on a shard: two a minute, where a rule wants three. */
const sparse = (shardOf: (world: AlertWorld) => VirtualShard) => (world: AlertWorld) => {
  if (world.now % (30 * SECOND_MS) === 0) world.send(shardOf(world));
};

describe('rules, from the stream to the firing', function () {
  this.timeout(60_000);

  const expectInTime = (world: AlertWorld, until: number) => {
    expectEach(startsOf(world), START, until);
    for (const { bucket, firedAt, late } of world.firings()) {
      expect(firedAt - bucket.end - LATE_MS, new Date(bucket.start).toISOString()).to.be.within(0, MOST_MS);
      expect(late).to.equal(false);
    }
  };

  it('fire in time beside a shard that was quiet for hours', async () => {
    const world = new AlertWorld(2);
    world.now = START - 5 * HOUR_MS;
    world.send(shardsOf(world)[1]);
    await world.runUntil(world.now + MINUTE_MS);
    world.now = START;
    await world.makeRule({});
    world.traffic = sparse((w) => shardsOf(w)[0]);
    const until = START + 30 * MINUTE_MS;
    await world.runUntil(until);
    expectInTime(world, until);
  });

  it('wait for a shard that is behind, say so, and fire when it is read', async () => {
    const world = new AlertWorld(2);
    await world.makeRule({ repeat: 'recovered' });
    world.traffic = (w) => {
      for (const shard of w.stream.shards) if (w.now % (20 * SECOND_MS) === 0) w.send(shard);
    };
    await world.runUntil(START + 5 * MINUTE_MS);
    expect(world.status()).to.equal('ok');
    world.paused.add(shardsOf(world)[1]);
    const paused = world.now;
    // The other shard alone has too few.
    world.traffic = (w) => {
      if (w.now % (30 * SECOND_MS) === 0) for (const shard of w.stream.shards) w.send(shard);
    };
    await world.runUntil(paused + 20 * MINUTE_MS);
    expect(world.firings()).to.deep.equal([]);
    expect(world.status()).to.equal('waiting');
    world.paused.clear();
    await world.runUntil(paused + 25 * MINUTE_MS);
    // With both shards there were four events in each minute: it was right to wait.
    expect(world.firings()).to.deep.equal([]);
    expect(world.status()).to.equal('ok');
  });

  it('fire at a silence, though no event ever came', async () => {
    const world = new AlertWorld(2);
    await world.makeRule({ comparison: 'silent' });
    const until = START + 10 * MINUTE_MS;
    await world.runUntil(until);
    expectInTime(world, until);
  });

  it('fire in time after a split whose second child never spoke', async () => {
    const world = new AlertWorld(1);
    await world.makeRule({});
    world.traffic = sparse((w) => w.stream.shards.find((shard) => shard.isOpen) as VirtualShard);
    await world.runUntil(START + 5 * MINUTE_MS);
    world.stream.reshard(new Random(1));
    expect(world.stream.shards).to.have.length(3);
    const until = START + 20 * MINUTE_MS;
    await world.runUntil(until);
    expect(shardsOf(world)[2].records).to.deep.equal([]);
    expectInTime(world, until);
  });

  it('judge each bucket of the last 24 hours once, after 25 hours without an evaluator', async () => {
    const world = new AlertWorld(1);
    await world.makeRule({});
    world.traffic = (w) => {
      if (w.now % (10 * MINUTE_MS) === 0) w.send(shardsOf(w)[0]);
    };
    await world.runUntil(START + 10 * MINUTE_MS);
    const before = startsOf(world);
    world.isEvaluatorOff = true;
    const back = START + 10 * MINUTE_MS + 25 * HOUR_MS;
    await world.runUntil(back);
    world.isEvaluatorOff = false;
    world.restartEvaluator();
    await world.runUntil(back + 5 * MINUTE_MS);
    const after = startsOf(world).slice(before.length);
    const [first = 0] = after;
    expect(first).to.be.within(back - DAY_MS - 3 * MINUTE_MS, back - DAY_MS + MINUTE_MS);
    expectEach(after, first, world.now);
    expect(world.firings().filter(({ late }) => late).length).to.be.above(1400);
  });

  it('fire for no event of the future, and for no import of old events', async () => {
    const world = new AlertWorld(1);
    await world.makeRule({ comparison: 'above', threshold: 0, since: START - 40 * DAY_MS });
    await world.makeRule({ id: 'mean', field: 'mean', comparison: 'above', threshold: 0, since: START - 40 * DAY_MS });
    await world.runUntil(START + 5 * MINUTE_MS);
    const [shard] = shardsOf(world);
    world.send(shard, world.now + 23 * HOUR_MS);
    for (let hours = 1; hours <= 30 * 24; hours++) world.send(shard, START - hours * HOUR_MS);
    await world.runUntil(START + 15 * MINUTE_MS);
    expect([...world.firings(), ...world.firings('mean')]).to.deep.equal([]);
  });
});
