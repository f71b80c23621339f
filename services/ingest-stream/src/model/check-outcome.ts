import { buffer } from 'node:stream/consumers';
import { decompress, hourPrefix } from '@weir/archive';
import { archiveKeys } from '@weir/archive/keys';
import { CheckedActivityReader } from './check-activity.ts';
import { CheckedReader, QUESTIONS } from './check-reads.ts';
import { USERS } from './producer.ts';
import type { ProducedEvent, VirtualShard } from './virtual-stream.ts';
import { DAY_MS, HOUR_MS, WINDOW_SECONDS, type World } from './world.ts';

interface ArchiveLine {
  readonly at: string;
  readonly arrival: number;
  readonly outcome: 'counted' | 'duplicate' | 'other';
  readonly event: ProducedEvent;
}

/** One copy of an event, and its outcome. */
interface Copy extends ArchiveLine {
  readonly sequenceNumber: string;
}

/** Compares the archive with the stream, and the log, the rows and readers' answers with the archive. */
export async function checkOutcome(world: World, maxActions: number): Promise<void> {
  const copies: Copy[] = [];
  for (const shard of world.stream.everyShard) copies.push(...(await readShardArchive(world, shard)));
  for (const [name, group] of Map.groupBy(copies, ({ event }) => nameOf(event))) checkCopies(name, group);
  checkAdmissions(copies, maxActions);
  checkLedger(world, copies);
  checkActivityLedger(world, copies);
  const reader = new CheckedReader(world);
  await reader.checkActions();
  for (const action of ['a', 'b', 'c', 'd', '__other__']) {
    for (const question of QUESTIONS) await reader.check(action, question);
  }
  const activityReader = new CheckedActivityReader(world);
  for (const userId of USERS) await activityReader.check(userId, 0);
}

/** The lines of the archive, found through the log: each event of the shard once, in the hour of its arrival. */
async function readShardArchive(world: World, shard: VirtualShard): Promise<Copy[]> {
  const { logId } = world.stream.streamShardOf(shard);
  const found = new Map<string, Copy>();
  for (const key of await archiveKeys(world.store, logId)) {
    const lines = Buffer.from(decompress(await buffer(await world.bucket.get(key))))
      .toString()
      .trimEnd()
      .split('\n');
    for (const line of lines.map((json) => JSON.parse(json) as ArchiveLine)) {
      const where = `${line.at} in ${key}`;
      if (found.has(line.at)) throw new Error(`${where} is archived twice`);
      if (!key.startsWith(hourPrefix('events', Math.floor(line.arrival / HOUR_MS)))) {
        throw new Error(`${where}: other hour`);
      }
      found.set(line.at, { ...line, sequenceNumber: line.at.split(':')[1] ?? '' });
    }
  }
  const copies: Copy[] = [];
  for (const { sequenceNumber, events, misplaced, arrival } of shard.records) {
    for (const [index, event] of events.entries()) {
      const at = `${shard.id}:${sequenceNumber}:${index}`;
      const copy = found.get(at);
      const isExpected = event !== undefined && !misplaced.has(index);
      if (isExpected && !copy) throw new Error(`${at} is not in the archive`);
      if (copy && (copy.event.eid !== event?.eid || copy.arrival !== arrival)) {
        throw new Error(`${at}: archive differs`);
      }
      if (copy && !isExpected) throw new Error(`${at} should be in the quarantine`);
      found.delete(at);
      if (copy) copies.push(copy);
    }
  }
  if (found.size > 0) throw new Error(`${[...found.keys()][0]} was never sent`);
  return copies;
}

/** The identity of an event: its action and id, or without an id its position. */
function nameOf({ eid, action, id }: ProducedEvent): string {
  return id === undefined ? `event ${eid}` : `${id} of ${action}`;
}

/** Copies within the window of a counted one are duplicates; all others count. Copies in one record are in order. */
function checkCopies(name: string, copies: Copy[]): void {
  const inOrder = copies.sort(
    (a, b) =>
      a.arrival - b.arrival || (a.sequenceNumber < b.sequenceNumber ? -1 : +(a.sequenceNumber > b.sequenceNumber)),
  );
  let counted: number | undefined;
  for (const { arrival, outcome, event } of inOrder) {
    const at = Math.floor(arrival / 1000);
    const isCopy = event.id !== undefined && counted !== undefined && at - counted <= WINDOW_SECONDS;
    if (isCopy !== (outcome === 'duplicate')) throw new Error(`${name} at ${arrival}: ${outcome}, counted ${counted}`);
    if (outcome !== 'duplicate') counted = at;
  }
}

function checkAdmissions(copies: readonly Copy[], maxActions: number): void {
  const named = new Set(copies.filter(({ outcome }) => outcome === 'counted').map(({ event }) => event.action));
  if (named.size > maxActions) throw new Error(`${named.size} actions are admitted, the limit is ${maxActions}`);
}

/** The ledger has seen entries, and the archive holds events: both must give the same counts. */
function checkLedger({ ledger }: World, copies: readonly Copy[]): void {
  const counts = new Map<string, number>();
  for (const { outcome, event } of copies) {
    if (outcome === 'duplicate') continue;
    const key = `${outcome === 'other' ? '__other__' : event.action}/${Math.floor(event.timestamp / 60_000)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const key of new Set([...counts.keys(), ...ledger.counts.keys()])) {
    if (counts.get(key) !== ledger.counts.get(key)) {
      throw new Error(`${key}: ${counts.get(key)} in the archive, ${ledger.counts.get(key)} in the log`);
    }
  }
}

/** The same for users: an erasure does not change their activity in the log. */
function checkActivityLedger({ ledger }: World, copies: readonly Copy[]): void {
  for (const userId of USERS) {
    const expected = new Map<string, [number, number]>();
    for (const { outcome, event } of copies) {
      if (outcome === 'duplicate' || event.userId !== userId) continue;
      const key = `${Math.floor(event.timestamp / DAY_MS)}/${outcome === 'other' ? '__other__' : event.action}`;
      const [count, sum] = expected.get(key) ?? [0, 0];
      expected.set(key, [count + 1, sum + event.value]);
    }
    const counted = ledger.activity.counted(userId);
    for (const key of new Set([...expected.keys(), ...counted.keys()])) {
      if (String(expected.get(key)) !== String(counted.get(key))) {
        throw new Error(`${userId} ${key}: ${expected.get(key)} in the archive, ${counted.get(key)} in the log`);
      }
    }
  }
}
