import { BUCKET_MS } from '@weir/alerts';
import type { RowKey } from '@weir/dynamodb';
import type { CountedEvent } from '@weir/dynamodb/memory/counted';
import type { Chances } from '@weir/simulation';
import { type AlertWorld, MINUTE, TRAFFIC_MS } from './alert-world.ts';
import { ACTIONS } from './plan-rules.ts';

/** What comes in, and what happens to the shards and to the function. */
export function planTraffic(world: AlertWorld, chances: Chances): void {
  planShards(world, chances);
  planYesterday(world, chances);
  planRecords(world, chances);
  planOutage(world, chances);
}

function planShards(world: AlertWorld, chances: Chances): void {
  const { logs, time } = world;
  const shards = chances.between(1, 2);
  for (let shard = 0; shard < shards; shard++) logs.addShard(`1764000000.${shard}`);
  if (!chances.is(0.5)) return;
  time.after(chances.between(0, TRAFFIC_MS), () => {
    // The second child may never get an event.
    for (const child of ['7', '8']) logs.addShard(`1764000000.${child}`, ['1764000000.0']);
  });
}

/** What rules compare with that look a day back. */
function planYesterday(world: AlertWorld, chances: Chances): void {
  const logId = '1764000000.0';
  for (let ago = BUCKET_MS.day; ago > BUCKET_MS.day - TRAFFIC_MS; ago -= chances.between(1, 4) * MINUTE) {
    const arrival = world.now - ago;
    world.logs.arrive({ logId, arrival, events: eventsAt(arrival, chances) });
  }
  void world.append(logId);
}

/** Now busy and now quiet; a shard is behind for a while; late events, early ones, and an import. */
function planRecords(world: AlertWorld, chances: Chances): void {
  const { logs, time } = world;
  // The child has no log before its first record is read.
  const behindId = chances.one(['1764000000.0', '1764000000.7']);
  const behind = { logId: behindId, from: chances.between(0, TRAFFIC_MS), ms: chances.is(0.3) ? 15 * MINUTE : 0 };
  const pace = chances.one([15_000, 40_000, 150_000]);
  const go = () => {
    const isOver = time.now > TRAFFIC_MS;
    const logId = chances.one(logs.open);
    if (!isOver) logs.arrive({ logId, arrival: world.now, events: eventsAt(world.now, chances) });
    const isBehind = time.now >= behind.from && time.now < behind.from + behind.ms;
    for (const one of logs.open.concat('1764000000.0')) {
      if (!(isBehind && one === behind.logId)) void world.append(one);
    }
    if (chances.is(0.15)) void foldSome(world, chances);
    if (time.now < TRAFFIC_MS + 30 * MINUTE) time.after(chances.between(1, 2 * pace), go);
  };
  time.after(1, go);
}

function eventsAt(now: number, chances: Chances): CountedEvent[] {
  const kind = chances.between(0, 99);
  const shift = () => {
    if (kind < 3) return chances.between(1, 50) * MINUTE;
    if (kind < 5) return -chances.between(1, 30) * BUCKET_MS.day;
    return kind < 20 ? -chances.between(0, 6 * MINUTE) : -chances.between(0, 5000);
  };
  return Array.from({ length: chances.between(1, 3) }, () => {
    const userId = `u${chances.between(1, 5)}`;
    return { action: chances.one(ACTIONS), at: now + shift(), value: chances.between(-5, 20), userId };
  });
}

async function foldSome({ logs, faults }: AlertWorld, chances: Chances): Promise<void> {
  const [share, salt] = [chances.between(0, 99), chances.between(1, 97)];
  const isChosen = ({ kind, bucket }: RowKey) => (bucket * salt + kind.length * 31) % 100 < share;
  await logs
    .fold(chances.one(logs.open), ACTIONS, chances.is(0.5) ? undefined : isChosen)
    .catch((error: unknown) => faults.push(String(error)));
}

/** The function is switched off for a while. */
function planOutage({ streams, time, forgotten }: AlertWorld, chances: Chances): void {
  if (!chances.is(0.2)) return;
  const from = chances.between(0, TRAFFIC_MS);
  time.after(from, () => {
    for (const stream of streams) stream.isOff = true;
  });
  const keptMs = chances.one([15 * MINUTE, 120 * MINUTE]);
  time.after(from + chances.between(1, 60) * MINUTE, () => {
    for (const name of streams.flatMap((stream) => stream.switchOn(keptMs))) forgotten.add(name);
  });
}
