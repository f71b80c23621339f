import { BUCKET_MS, bucketStart } from '@weir/alerts';
import type { Subscription } from '@weir/dynamodb/connections';
import { Chances, VirtualTime } from '@weir/simulation';
import { PushWorld, START, type WorldOptions } from './push-world.ts';
import { VirtualClient } from './virtual-client.ts';

const MINUTE_MS = BUCKET_MS.minute;
/** What goes wrong goes wrong before. */
const CALM_FROM_MS = 4 * MINUTE_MS;
const TRAFFIC_MS = 6 * MINUTE_MS;
/** The last rows are sent, and the last zombies go on. */
const END_MS = 12 * MINUTE_MS;
const ASKED_AGAIN_MS = 15_000;
const ACTIONS = ['a', 'b', 'c', 'd'];
const INTERVALS = ['minute', 'hour', 'day'] as const;

const NO_FAULTS = { kill: 0, freeze: 0, freezesMs: [1], loseAnswer: 0 };
/** Nothing goes wrong, but all happens at the same time, and a process may be slow. */
export const CALM: WorldOptions = { ...NO_FAULTS, freeze: 0.4, freezesMs: [2_000, 8_000], limit: 3 };
/** Until a time, processes die, stand still, and lose answers. */
export const FAULTY: WorldOptions = { ...CALM, kill: 0.2, freeze: 0.1, freezesMs: [90_000], loseAnswer: 0.01 };

/** Plays what a seed decides. At the end each client must have each row that changed since nothing went wrong. */
export async function playPushes(seed: number, options: WorldOptions): Promise<PushWorld> {
  const chances = new Chances(seed);
  const world = new PushWorld(new VirtualTime(), chances, options);
  const shards = ['1764000000.0', '1764000000.1', '1764000000.2'].slice(0, chances.between(1, 3));
  for (const shard of shards) world.logs.addShard(shard);
  const counted = planTraffic(world, chances, shards);
  for (let client = chances.between(1, 8); client > 0; client--) planClient(world, chances, `c${client}`);
  for (let at = MINUTE_MS; at < END_MS; at += MINUTE_MS / 2) world.time.after(at, () => world.progress());
  if (options !== CALM) world.time.after(CALM_FROM_MS, () => world.calm(CALM));
  await world.time.play(() => world.time.now > END_MS || world.faults.length > 0);
  if (world.faults.length > 0) throw new Error(world.faults.join('; '));
  checkPosts(world);
  checkRows(world, counted, options === CALM ? 0 : CALM_FROM_MS + MINUTE_MS);
  return world;
}

/** When each action's events were appended, with the time that they have. */
type Counted = readonly { readonly action: string; readonly at: number; readonly appendedMs: number }[];

function planTraffic(world: PushWorld, chances: Chances, shards: readonly string[]): Counted {
  const counted: { action: string; at: number; appendedMs: number }[] = [];
  const go = () => {
    const logId = chances.one(shards);
    const events = Array.from({ length: chances.between(1, 3) }, () => {
      return { action: chances.one(ACTIONS), at: world.now - chances.one([0, 0, 0, 90_000]) };
    });
    world.logs.arrive({ logId, arrival: world.now, events });
    for (const event of events) counted.push({ ...event, appendedMs: world.time.now });
    void world.append(logId);
    if (world.time.now < TRAFFIC_MS) world.time.after(chances.one([20, 400, 3000, 15_000]), go);
  };
  world.time.after(1, go);
  return counted;
}

/** A client connects, subscribes now and then to more, each time under a new id, and may go away. */
function planClient(world: PushWorld, chances: Chances, id: string): void {
  const connectedMs = chances.between(0, TRAFFIC_MS);
  world.time.after(connectedMs, () => {
    const client = new VirtualClient();
    world.clients.set(id, client);
    const key = { keyId: 'bootstrap', keyExpiresAt: undefined, actionPrefixes: undefined };
    void world.store.open({ id, connectedAt: world.now, ...key });
  });
  for (let times = chances.between(1, 4); times > 0; times--) {
    const subscription: Subscription = {
      id: `s${times}`,
      actions: ACTIONS.slice(chances.between(0, 3)),
      interval: chances.one(INTERVALS),
    };
    world.time.after(connectedMs + chances.between(1, 60_000), () => subscribe(world, id, subscription));
  }
  if (chances.is(0.2)) world.time.after(connectedMs + 70_000, () => leave(world, id));
  if (chances.is(0.2)) {
    world.time.after(connectedMs + 65_000, () => {
      world.clients.get(id)?.unsubscribe('s1');
      world.say(id, { type: 'unsubscribe', id: 's1' });
    });
  }
}

/** Asks, and asks again until the snapshot is there. */
function subscribe(world: PushWorld, connectionId: string, subscription: Subscription): void {
  const client = world.clients.get(connectionId);
  const { id } = subscription;
  client?.subscribe(subscription);
  const ask = () => {
    if (!client?.isOpen || client.wanted.get(id) !== subscription || client.hasSnapshot(id)) return;
    world.say(connectionId, { type: 'subscribe', ...subscription });
    world.time.after(ASKED_AGAIN_MS, ask);
  };
  ask();
}

/** Now and then nobody is told that a client went away. */
function leave(world: PushWorld, id: string): void {
  const client = world.clients.get(id);
  if (client) client.isOpen = false;
  if (id !== 'c1') void world.store.close(id);
}

/** Over five seconds: a post that was granted may take its time. */
function checkPosts({ pushedMs, options: { limit } }: PushWorld): void {
  const most = 8 * limit;
  const early = pushedMs.find((ms, at) => at >= most && ms - (pushedMs[at - most] as number) < 5000);
  if (early !== undefined) throw new Error(`more than ${most} frames were pushed in the five seconds before ${early}`);
}

function checkRows(world: PushWorld, counted: Counted, sinceMs: number): void {
  const expected = new Map<string, number>();
  for (const [connectionId, client] of world.clients) {
    if (!client.isOpen) continue;
    for (const { id, actions, interval } of client.wanted.values()) {
      expected.clear();
      for (const { action, at } of counted) {
        const key = `${action} ${bucketStart(interval, at)}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const changed = counted.filter(({ action, appendedMs }) => actions.includes(action) && appendedMs >= sinceMs);
      for (const { action, at } of changed) {
        const start = bucketStart(interval, at);
        const has = client.row(id, action, start)?.count;
        const all = expected.get(`${action} ${start}`);
        const where = `${connectionId}/${id}: the ${interval} ${(start - START) / MINUTE_MS} of ${action}`;
        if (has !== all) throw new Error(`${where} has ${has}, not ${all}`);
      }
    }
  }
}
