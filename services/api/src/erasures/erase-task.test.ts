import { createHash } from 'node:crypto';
import { encodeLogEntry } from '@weir/aggregates';
import { compress, digestOf, objectKey } from '@weir/archive';
import { expect } from 'chai';
import { createErasuresFixture } from '../testing/erasures-fixture.ts';
import { type EraseProgress, eraseTask } from './erase-task.ts';

const HOUR_MS = 3_600_000;
const LOG_ID = '1764000000.0';
const HOUR = Date.UTC(2026, 0, 10, 9) / HOUR_MS;

function lines(users: readonly string[], hour: number): Buffer {
  const texts = users.map((userId, i) => {
    const event = JSON.stringify({ userId, action: 'a', timestamp: 5 });
    return `{"at":"s:${i}:0","arrival":${hour * HOUR_MS + i},"outcome":"counted","event":${event}}\n`;
  });
  return Buffer.from(texts.join(''));
}

async function createArchive() {
  const fixture = createErasuresFixture();
  const put = async (number: number, hour: number, users: readonly string[]) => {
    const bytes = compress(lines(users, hour));
    const digest = digestOf(createHash('sha256').update(bytes).digest('hex'));
    await fixture.objects.put(
      objectKey({ area: 'events', logId: LOG_ID, number, arrival: hour * HOUR_MS, digest }),
      bytes,
    );
    return digest;
  };
  const addRun = async (from: number, hour: number, users: readonly string[], swept = true) => {
    const run = { logId: LOG_ID, from, to: from, hour, digest: await put(from, hour, users), swept: false };
    await fixture.store.addRun(run);
    if (swept) await fixture.store.markSwept(run);
    return run;
  };
  await fixture.store.register(LOG_ID, []);
  await fixture.erasures.begin({
    id: 'e',
    userId: 'me',
    userHash: 'h',
    requestedAt: fixture.clock.now,
    until: fixture.clock.now + 1,
  });
  const work = (progress?: EraseProgress, deadline = Number.POSITIVE_INFINITY) =>
    eraseTask(fixture.task, { erasureId: 'e', ...(progress?.step && { step: progress.step }) }, deadline);
  /** Goes on until the machine has something else to do than to call again. */
  const untilItStops = async (progress?: EraseProgress) => {
    let next = await work(progress);
    while (next.status === 'more') next = await work(next);
    return next;
  };
  return { ...fixture, put, addRun, work, untilItStops };
}

describe('the task of an erasure', () => {
  it('rewrites what is in runs, then waits for the hour of the request, the last pass, and what crashes leave', async () => {
    const { addRun, untilItStops, clock, store, erasures } = await createArchive();
    await addRun(0, HOUR, ['me', 'you', 'me']);
    const first = await untilItStops();
    expect(first).to.deep.include({ status: 'wait', waitSeconds: 60 });
    expect(first.step?.pass).to.equal('closed');
    expect((await erasures.find('e'))?.places.archive).to.include({ items: 2, objects: 1 });
    clock.now += HOUR_MS;
    await addRun(1, Math.floor(clock.now / HOUR_MS) - 1, ['me']);
    const closed = await untilItStops(first);
    expect(closed).to.deep.include({ status: 'wait', waitSeconds: 8 * 86_400 - 3_600 + 1 });
    expect((await erasures.find('e'))?.places.archive).to.include({ items: 3, objects: 2 });
    expect((await store.findRun(LOG_ID, 1))?.swept).to.equal(true);
    clock.now += closed.waitSeconds * 1000;
    const last = await untilItStops(closed);
    expect(last).to.deep.include({ status: 'wait', waitSeconds: 5_400 });
    clock.now += last.waitSeconds * 1000;
    expect((await untilItStops(last)).status).to.equal('done');
    expect(await erasures.find('e')).to.include({ status: 'done', userId: undefined });
  });

  it('waits while an entry of the hour is in no run, or its run not swept', async () => {
    const { addRun, put, untilItStops, clock, store } = await createArchive();
    const hour = Math.floor(clock.now / HOUR_MS);
    const archive = await put(0, hour, ['me']);
    const position = { sequenceNumber: '1'.padStart(56, '0'), index: 1 };
    const outcomes = { counted: 1, duplicate: 0, other: 0, refused: 0 };
    const arrival = hour * HOUR_MS;
    const header = { from: undefined, to: position, firstArrival: arrival, lastArrival: arrival, appendedAt: arrival };
    const ids = { length: 0, view: () => new Uint8Array() };
    const entry = { ...header, outcomes, archive, quarantine: undefined, delta: new Map(), ids };
    await store.append(LOG_ID, { number: 0, body: encodeLogEntry(entry as never) }, 2_000_000_000);
    clock.now += 2 * HOUR_MS;
    let progress = await untilItStops();
    expect([progress.step?.pass, progress.waitSeconds]).to.deep.equal(['closed', 60]);
    const run = await addRun(0, hour, ['me'], false);
    progress = await untilItStops(progress);
    expect([progress.step?.pass, progress.waitSeconds]).to.deep.equal(['closed', 60]);
    await store.markSwept(run);
    progress = await untilItStops(progress);
    expect(progress.step?.pass).to.equal('last');
  });

  it('stops at its deadline after one object, and goes on behind it', async () => {
    const { addRun, work, erasures } = await createArchive();
    for (const [i, hour] of [HOUR - 3, HOUR - 2, HOUR - 1].entries()) await addRun(i, hour, ['me']);
    let progress = await work(undefined, 0);
    expect(progress).to.deep.include({ status: 'more' });
    expect(progress.step).to.include({ pass: 'now', area: 0 });
    expect((await erasures.find('e'))?.places.archive?.items).to.equal(1);
    // The new object may come once more: it is an object as well.
    for (let i = 0; i < 5 && progress.step?.area === 0; i++) progress = await work(progress, 0);
    expect(progress.step).to.include({ pass: 'now', area: 1 });
    expect((await erasures.find('e'))?.places.archive?.items).to.equal(3);
  });

  it('begins again when it was extended, and does not end before', async () => {
    const { untilItStops, work, clock, erasures } = await createArchive();
    clock.now += 10 * 24 * HOUR_MS;
    let progress = await untilItStops(await untilItStops());
    expect(progress.step?.pass).to.equal('orphans');
    clock.now += progress.waitSeconds * 1000;
    for (let i = 0; i < 3; i++) progress = await work(progress);
    await erasures.begin({ id: 'e2', userId: 'me', userHash: 'h', requestedAt: clock.now, until: clock.now + 1 });
    progress = await work(progress);
    expect(progress).to.deep.include({ status: 'more' });
    expect(progress.step).to.include({ pass: 'now', until: clock.now + 1 });
  });

  it('erases what late records can fill again with each pass, and marks a failure', async () => {
    const { untilItStops, erased, task, erasures } = await createArchive();
    await untilItStops();
    expect(erased).to.deep.equal(['profile me', 'activity me']);
    const failed = await eraseTask(task, { erasureId: 'e', failure: 'States.Timeout' }, 0);
    expect(failed.status).to.equal('failed');
    expect(await erasures.find('e')).to.include({ status: 'failed', userId: 'me' });
    expect((await eraseTask(task, { erasureId: 'e' }, 0)).status).to.equal('done');
    expect((await eraseTask(task, { erasureId: 'none' }, 0)).status).to.equal('done');
  });

  it('leaves to the request what that has erased', async () => {
    const { untilItStops, erased, erasures, clock } = await createArchive();
    await erasures.credit('e', 'profile', { items: 1, objects: 0, at: clock.now });
    await untilItStops();
    expect(erased).to.deep.equal(['activity me']);
    expect((await erasures.find('e'))?.places).to.have.all.keys(
      'profile',
      'activity',
      'archive',
      'quarantine',
      'on-failure',
    );
  });

  it('erases again what a request erased, when another one came later and died before it could', async () => {
    const { untilItStops, erased, erasures, clock } = await createArchive();
    await erasures.credit('e', 'profile', { items: 1, objects: 0, at: clock.now });
    clock.now += HOUR_MS;
    await erasures.begin({ id: 'e2', userId: 'me', userHash: 'h', requestedAt: clock.now, until: clock.now + 1 });
    await untilItStops();
    expect(erased).to.include('profile me');
    expect((await erasures.find('e'))?.places.profile).to.deep.equal({ items: 3, objects: 0, at: clock.now });
  });

  it('goes through quarantine and failed batches, past what it does not understand', async () => {
    const { untilItStops, objects, erasures } = await createArchive();
    const data = Buffer.from('{"userId":"me"}').toString('base64');
    const line = `${JSON.stringify({ reason: 'shape', detail: 'x', arrival: HOUR * HOUR_MS, data })}\n`;
    const key = objectKey({
      area: 'quarantine',
      logId: LOG_ID,
      number: 1,
      arrival: HOUR * HOUR_MS,
      digest: 'a'.repeat(32),
    });
    await objects.put(key, compress(Buffer.from(line)));
    const kinesis = { partitionKey: 'me', approximateArrivalTimestamp: HOUR * 3600, data };
    await objects.put('aws/lambda/a', Buffer.from('no batch'));
    await objects.put('events/notes.txt', Buffer.from('no archive'));
    await objects.put('quarantine/notes.txt', Buffer.from('no quarantine'));
    await objects.put('aws/lambda/b', Buffer.from(JSON.stringify({ payload: { Records: [{ kinesis }] } })));
    await untilItStops();
    const { places } = (await erasures.find('e'))!;
    expect([places.quarantine?.items, places['on-failure']?.items]).to.deep.equal([1, 1]);
    expect(Buffer.from(objects.objects.get('aws/lambda/b')!.bytes).toString()).not.to.include('me"');
  });
});
