import { buffer } from 'node:stream/consumers';
import { HyperLogLog, hash64, registerOf } from '@weir/aggregates';
import { decompress } from '@weir/archive';
import { archiveKeys } from '@weir/archive/keys';
import { LOG_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { expect } from 'chai';
import { type EraseWorld, HOUR_MS, type Sent } from './erase-world.ts';

interface Line {
  readonly arrival: number;
  readonly event: { readonly userId?: string; readonly action: string; readonly timestamp: number };
  readonly user?: { readonly register: number; readonly rank: number };
}

/** Compares archive, bucket and receipts with the events that were sent and the people who were erased. */
export async function checkErased(world: EraseWorld): Promise<void> {
  const texts = await archiveTexts(world);
  const good = world.sent.filter(({ isGood }) => isGood);
  expect(texts.length).to.equal(good.length);
  for (const [i, text] of texts.entries()) checkLine(world, text, good[i]!);
  for (const [key, { bytes }] of world.fixture.objects.objects) checkObject(world, key, textOf(bytes));
  for (const { id, places } of world.erasures.receipts.values()) {
    expect([id, places.archive?.items ?? 0]).to.deep.equal([
      id,
      good.filter((sent) => eraserOf(world, sent) === id).length,
    ]);
  }
  for (const userId of new Set(good.map((sent) => sent.userId))) await checkActivity(world, userId);
  checkUsers(
    good,
    texts.map((text) => JSON.parse(text) as Line),
  );
}

/** Every line of the archive, in order; the log names the objects. */
async function archiveTexts({ fixture: { store, objects } }: EraseWorld): Promise<string[]> {
  const keys = await archiveKeys(store, LOG_ID);
  const texts = await Promise.all(keys.map(async (key) => textOf(await buffer(await objects.get(key)))));
  return texts.join('').split('\n').slice(0, -1);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(decompress(bytes)).toString();
}

/** The erasure that an event belongs to: the first of its person that covers its arrival. */
function eraserOf({ erasures, owners }: EraseWorld, { userId, arrival }: Sent): string | undefined {
  const all = [...erasures.receipts.values()].filter(({ id }) => owners.get(id) === userId);
  return all.find(({ until }) => arrival < until)?.id;
}

function checkLine(world: EraseWorld, text: string, sent: Sent): void {
  const head = new RegExp(`^\\{"at":"[^"]+","arrival":${sent.arrival},"outcome":"(counted|other)","event":`).exec(
    text,
  )?.[0];
  expect(head, text).to.be.a('string');
  if (eraserOf(world, sent) === undefined) return void expect(text).to.equal(`${head}${sent.text}}`);
  const [, action, timestamp, value = ''] = /"action":("[^"]*").*?"timestamp":([^,}]*)(,"value":[^,}]*)?/.exec(
    sent.text,
  )!;
  const words = new Uint32Array(2);
  hash64(sent.userId, words);
  const { register, rank } = registerOf(words[0]!, words[1]!);
  const event = `{"action":${action},"timestamp":${timestamp}${value}}`;
  expect(text).to.equal(`${head}${event},"user":{"register":${register},"rank":${rank}}}`);
}

/** No object holds an erased person, and no object that nothing names does. */
function checkObject(world: EraseWorld, key: string, text: string): void {
  for (const line of text.split('\n').filter((part) => part !== '')) {
    const { arrival, event, data } = JSON.parse(line);
    const raw = data === undefined ? event?.userId : JSON.parse(Buffer.from(data, 'base64').toString()).userId;
    if (typeof raw !== 'string') continue;
    const eraser = eraserOf(world, { userId: raw, arrival, text: '', isGood: true });
    expect(eraser, `${raw} in ${key}`).to.equal(undefined);
  }
}

/** A person's count includes all their events, or after an erasure at most the events that came after it. */
async function checkActivity({ fixture, sent, erasures, owners }: EraseWorld, userId: string): Promise<void> {
  const days = await fixture.activity.readActivity({ userId, from: 0, to: fixture.clock.now });
  const counted = days.reduce((sum, { count }) => sum + count, 0);
  const erased = [...erasures.receipts.values()].filter(({ id }) => owners.get(id) === userId);
  const until = Math.max(0, ...erased.map((erasure) => erasure.until));
  const left = sent.filter((event) => event.isGood && event.userId === userId && event.arrival >= until).length;
  if (erased.length === 0) expect(counted, userId).to.equal(left);
  else expect(counted, userId).to.be.at.most(left);
}

/** The distinct users of each action and hour, counted from the lines, are those of the events. */
function checkUsers(good: readonly Sent[], lines: readonly Line[]): void {
  const before = new Map<string, HyperLogLog>();
  const after = new Map<string, HyperLogLog>();
  const words = new Uint32Array(2);
  for (const [i, { event, user }] of lines.entries()) {
    const place = `${event.action} ${Math.floor(event.timestamp / HOUR_MS)}`;
    hash64(good[i]!.userId, words);
    cellOf(before, place).add(words[0]!, words[1]!);
    if (user) cellOf(after, place).addRegister(user.register, user.rank);
    else {
      hash64(event.userId ?? '', words);
      cellOf(after, place).add(words[0]!, words[1]!);
    }
  }
  for (const [place, users] of before) expect(after.get(place)?.encode(), place).to.deep.equal(users.encode());
}

function cellOf(cells: Map<string, HyperLogLog>, place: string): HyperLogLog {
  const found = cells.get(place) ?? new HyperLogLog();
  cells.set(place, found);
  return found;
}
