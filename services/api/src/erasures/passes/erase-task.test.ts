import { encodeLogEntry } from '@weir/aggregates';
import { compress, objectKey, runObjectKey } from '@weir/archive';
import { expect } from 'chai';
import { createErasingArchive, LOG_ID } from '../../testing/erasing-archive.ts';
import { eraseTask, startDuePass } from './erase-task.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOUR = Date.UTC(2026, 0, 10, 9) / HOUR_MS;

describe('the task of a pass', () => {
  it('rewrites runs, then the hour of the request once it is in runs, then late events, and then removes what crashes left', async () => {
    const { addRun, begin, runPass, pass, clock, erasures, started } = await createErasingArchive();
    const { until } = await begin('me');
    await addRun(0, HOUR, ['me', 'you', 'me']);
    expect(await runPass()).to.include({ status: 'done', pass: 1 });
    expect(await erasures.find('me')).to.include({ step: 'closed', dueAt: (HOUR + 3) * HOUR_MS });
    expect((await erasures.find('me'))?.places.archive).to.deep.equal({ items: 2, objects: 1, at: clock.now });
    expect(await pass(HOUR_MS / 2 - 1)).to.equal(undefined);
    await addRun(1, HOUR + 2, ['me']);
    await pass(HOUR_MS);
    expect(await erasures.find('me')).to.include({ step: 'last', dueAt: until + 8 * DAY_MS });
    expect((await erasures.find('me'))?.places.archive).to.include({ items: 3, objects: 2 });
    await pass(8 * DAY_MS);
    expect(await erasures.find('me')).to.include({ step: 'orphans', dueAt: clock.now + 5_400_000 });
    await pass(5_400_000);
    expect(await erasures.find('me')).to.include({ status: 'done', userId: undefined, finishedAt: clock.now });
    expect(await pass(DAY_MS)).to.equal(undefined);
    expect(started).to.have.length(4);
  });

  it('waits while an entry of the hour is in no run, or its run is not swept', async () => {
    const { addUnsweptRun, put, begin, runPass, pass, clock, store, erasures } = await createErasingArchive();
    const hour = Math.floor(clock.now / HOUR_MS);
    const archive = await put(0, hour, ['me']);
    const position = { sequenceNumber: '1'.padStart(56, '0'), index: 1 };
    const outcomes = { counted: 1, duplicate: 0, other: 0, refused: 0 };
    const arrival = hour * HOUR_MS;
    const header = { from: undefined, to: position, firstArrival: arrival, lastArrival: arrival, appendedAt: arrival };
    const ids = { length: 0, view: () => new Uint8Array() };
    const entry = { ...header, outcomes, archive, quarantine: undefined, delta: new Map(), ids };
    await store.append(LOG_ID, { number: 0, body: encodeLogEntry(entry as never) }, 2_000_000_000);
    await begin('me');
    await runPass();
    expect(await pass(2 * HOUR_MS)).to.equal(undefined);
    const run = await addUnsweptRun(0, hour, ['me']);
    expect(await pass(HOUR_MS)).to.equal(undefined);
    await store.markSwept(run);
    expect(await pass(HOUR_MS)).to.include({ status: 'done' });
    expect(await erasures.find('me')).to.include({ step: 'last' });
  });

  it('stops at its deadline after one object, and continues after it', async () => {
    const { addRun, begin, runPass, work, passes, erasures, reads } = await createErasingArchive();
    for (const [i, hour] of [HOUR - 3, HOUR - 2, HOUR - 1].entries()) await addRun(i, hour, ['me']);
    await begin('me');
    await runPass.call(undefined);
    expect((await erasures.find('me'))?.places.archive?.items).to.equal(3);
    const before = reads.count;
    await begin('you');
    await passes.begin(await passes.find(), 'x');
    expect(await work({ calls: 1, deadline: 0 })).to.include({ status: 'more' });
    for (let i = 1; i <= 3; i++) {
      expect(await work({ calls: 1, deadline: 0 })).to.include({ status: 'more' });
      expect(reads.count - before).to.equal(i);
    }
    await work({ deadline: 0 });
    expect((await passes.find()).phase).to.equal('over');
    expect((await erasures.find('you'))?.step).to.equal('closed');
  });

  it('includes the erasures from before it began, and no later ones', async () => {
    const { addRun, begin, runPass, work, passes, clock, erasures } = await createErasingArchive();
    for (const [i, hour] of [HOUR - 2, HOUR - 1].entries()) await addRun(i, hour, ['me', 'you', 'late', 'other']);
    await begin('me');
    await begin('you');
    await passes.begin(await passes.find(), 'x');
    await work({ calls: 2, deadline: 0 });
    await begin('late');
    await work();
    const items = async (id: string) => (await erasures.find(id))?.places.archive?.items;
    expect([await items('me'), await items('you'), await items('late')]).to.deep.equal([2, 2, undefined]);
    clock.now += HOUR_MS;
    await runPass();
    expect([await items('me'), await items('late')]).to.deep.equal([2, 2]);
  });

  it('begins again with an erasure that was extended while it walked, and counts the lines that it had erased', async () => {
    const { addRun, begin, work, runPass, passes, clock, erasures } = await createErasingArchive();
    await addRun(0, HOUR - 1, ['me']);
    await addRun(1, HOUR, ['me', 'me']);
    await begin('me');
    await passes.begin(await passes.find(), 'x');
    await work({ calls: 2, deadline: 0 });
    clock.now += 2 * HOUR_MS;
    await begin('me', 'again');
    await work();
    const extended = await erasures.find('me');
    expect(extended).to.include({ step: 'now', until: clock.now + 1 });
    expect(extended?.places.archive).to.include({ items: 1, objects: 1 });
    await runPass();
    const settled = await erasures.find('me');
    expect(settled?.step).to.equal('closed');
    expect(settled?.places.archive).to.include({ items: 3, objects: 2 });
  });

  it('erases the places that late events can fill again, in each step but the last', async () => {
    const { begin, runPass, pass, erased } = await createErasingArchive();
    await begin('me');
    await runPass();
    expect(erased).to.deep.equal(['profile me', 'activity me']);
    for (const ms of [HOUR_MS, 9 * DAY_MS, 2 * HOUR_MS]) await pass(ms);
    expect(erased).to.deep.equal(['profile me', 'activity me', 'activity me', 'activity me']);
  });

  it('tells endpoints of the end once the last step has succeeded, and tells again after a failure', async () => {
    const { begin, runPass, pass, told, erasures, task } = await createErasingArchive();
    await begin('me');
    await runPass();
    for (const ms of [HOUR_MS, 9 * DAY_MS]) await pass(ms);
    expect(told).to.deep.equal([]);
    const { announceErased } = task;
    Object.assign(task, { announceErased: () => Promise.reject(new Error('no table')) });
    await pass(2 * HOUR_MS);
    expect(await erasures.find('me')).to.include({ status: 'running', step: 'orphans', userId: 'me', tries: 1 });
    Object.assign(task, { announceErased });
    await pass(HOUR_MS);
    expect(told).to.deep.equal(['me']);
    expect(await erasures.find('me')).to.include({ status: 'done', userId: undefined });
  });

  it('does not erase again the places that the request has erased', async () => {
    const { begin, runPass, erased, erasures, clock } = await createErasingArchive();
    await begin('me');
    await erasures.credit('me', 'profile', { items: 1, objects: 0, at: clock.now });
    await runPass();
    expect(erased).to.deep.equal(['activity me']);
    const places = ['profile', 'activity', 'archive', 'quarantine', 'on-failure'];
    expect((await erasures.find('me'))?.places).to.have.all.keys(places);
  });

  it('erases a place again if a later request died before it could', async () => {
    const { begin, runPass, erased, erasures, clock } = await createErasingArchive();
    await begin('me');
    await erasures.credit('me', 'profile', { items: 1, objects: 0, at: clock.now });
    clock.now += HOUR_MS;
    await begin('me', 'again');
    await runPass();
    expect(erased).to.include('profile me');
    expect((await erasures.find('me'))?.places.profile).to.deep.equal({ items: 3, objects: 0, at: clock.now });
  });

  it('processes quarantine and failed batches, and ignores unknown objects', async () => {
    const { begin, runPass, objects, erasures } = await createErasingArchive();
    const data = (userId: string) => Buffer.from(JSON.stringify({ userId })).toString('base64');
    const line = (userId: string) =>
      `${JSON.stringify({ reason: 'shape', detail: 'x', arrival: HOUR * HOUR_MS, data: data(userId) })}\n`;
    const name = { logId: LOG_ID, number: 1, arrival: HOUR * HOUR_MS, digest: 'a'.repeat(32) };
    const key = objectKey({ area: 'quarantine', ...name });
    await objects.put(key, compress(Buffer.from(line('me') + line('you') + line('me'))));
    const kinesis = { partitionKey: 'me', approximateArrivalTimestamp: HOUR * 3600, data: data('me') };
    await objects.put('aws/lambda/a', Buffer.from('no batch'));
    await objects.put('events/notes.txt', Buffer.from('no archive'));
    await objects.put('quarantine/notes.txt', Buffer.from('no quarantine'));
    await objects.put('aws/lambda/b', Buffer.from(JSON.stringify({ payload: { Records: [{ kinesis }] } })));
    await begin('me');
    await begin('you');
    await runPass();
    const items = async (id: string) => {
      const places = (await erasures.find(id))?.places;
      return [places?.quarantine, places?.['on-failure']].map((place) => [place?.items, place?.objects]);
    };
    expect([await items('me'), await items('you')]).to.deep.equal([
      [
        [2, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ]);
    expect(Buffer.from(objects.objects.get('aws/lambda/b')!.bytes).toString()).not.to.include('me"');
  });

  it('removes objects without a name of users who are in no run any more, and of no others', async () => {
    const { addRun, put, begin, runPass, pass, objects } = await createErasingArchive();
    await addRun(0, HOUR - 1, ['other']);
    await begin('me');
    await runPass();
    for (const ms of [HOUR_MS, 9 * DAY_MS]) await pass(ms);
    await put(0, HOUR - 1, ['me']);
    await put(5, HOUR - 1, ['me', 'late']);
    await put(6, HOUR - 1, ['late']);
    await put(0, HOUR - 1, ['late']);
    await begin('late');
    await pass(2 * HOUR_MS);
    const left = [...objects.objects.keys()].filter((key) => key.startsWith('events/'));
    // One of the run, and one past the runs, which may still get a name as far as the first step knows.
    expect(left.map((key) => key.slice(-48, -44))).to.deep.equal(['0000', '0006']);
  });
});

describe('what fails in a pass', () => {
  it('fails only the erasures whose step reads the unreadable object', async () => {
    const { addRun, begin, runPass, pass, clock, erasures, objects, task, work, passes, store } =
      await createErasingArchive();
    const old = await addRun(0, HOUR - 30 * 24, ['me', 'late']);
    await begin('late');
    await runPass();
    const failing = runObjectKey((await store.findRun(LOG_ID, 0)) ?? old);
    await addRun(1, HOUR + 2, ['me', 'late']);
    clock.now += 3 * HOUR_MS;
    await begin('me');
    const get = objects.get.bind(objects);
    objects.get = async (key) => {
      if (key === failing) throw new Error('cannot be read');
      return get(key);
    };
    await startDuePass(task);
    const failed = await work().catch((error: Error) => error.message);
    expect(failed).to.equal('cannot be read');
    expect(await work({ failure: 'Error' })).to.include({ status: 'failed' });
    expect((await erasures.find('me'))?.status).to.equal('failed');
    expect(await erasures.find('late')).to.include({ status: 'running', step: 'closed' });
    await pass(0);
    expect(await work()).to.include({ status: 'done' });
    expect(await erasures.find('late')).to.include({ status: 'running', step: 'last' });
    expect((await erasures.find('late'))?.places.archive?.items).to.equal(2);
    expect((await passes.find()).phase).to.equal('over');
    clock.now += 1_000;
    await begin('me', 'again');
    objects.get = get;
    await pass(HOUR_MS);
    expect((await erasures.find('me'))?.places.archive?.items).to.equal(2);
  });

  it('fails all erasures if the failing hour is unknown', async () => {
    const { begin, runPass, work, passes, objects, erasures } = await createErasingArchive();
    const list = objects.list.bind(objects);
    // biome-ignore lint/correctness/useYield: it never comes to it
    objects.list = async function* () {
      throw new Error('nobody there');
    };
    await begin('me');
    await begin('you');
    expect(await runPass().catch((error: Error) => error.message)).to.equal('nobody there');
    await work({ failure: 'States.Timeout' });
    expect([(await erasures.find('me'))?.status, (await erasures.find('you'))?.status]).to.deep.equal([
      'failed',
      'failed',
    ]);
    objects.list = list;
    expect(await work()).to.include({ status: 'done' });
    expect((await passes.find()).phase).to.equal('over');
  });

  it('retries an erasure whose places fail, later each time, and then fails only this one', async () => {
    const { begin, runPass, pass, erasures, task } = await createErasingArchive();
    Object.assign(task, {
      refilled: [
        {
          name: 'activity',
          erase: async (userId: string) => {
            if (userId === 'me') throw new Error('cannot be erased');
            return { erased: 1 };
          },
        },
      ],
    });
    await begin('me');
    await begin('you');
    expect(await runPass()).to.include({ status: 'done' });
    expect(await erasures.find('me')).to.include({ status: 'running', step: 'now', tries: 1 });
    expect(await erasures.find('you')).to.include({ status: 'running', step: 'closed', tries: 0 });
    for (const hours of [1, 2, 4, 8]) {
      expect(await pass(hours * HOUR_MS - 1)).to.equal(undefined);
      expect(await pass(1)).to.include({ status: 'done' });
    }
    expect(await pass(16 * HOUR_MS)).to.include({ status: 'failed' });
    expect(await erasures.find('me')).to.include({ status: 'failed', userId: 'me' });
  });

  it('does nothing for a pass that is over, or for another pass', async () => {
    const { begin, runPass, task } = await createErasingArchive();
    await begin('me');
    await runPass();
    for (const input of [{ pass: 1 }, { pass: 7 }, { pass: 1, failure: 'Error' }]) {
      expect((await eraseTask(task, input, 0)).status).to.equal('done');
    }
  });
});

describe('many erasures', () => {
  it('of ten thousand users without events read each object of the archive twice, and start two executions', async function () {
    this.timeout(60_000);
    const { addRun, begin, pass, runPass, reads, started, erasures, clock } = await createErasingArchive();
    const runs = 50;
    for (let i = 0; i < runs; i++) await addRun(i, HOUR - runs + i, ['you', 'other']);
    await begin('unknown 0');
    await runPass();
    for (let i = 1; i < 10_000; i++) await begin(`unknown ${i}`);
    expect(await pass(1_000)).to.equal(undefined);
    expect(await pass(HOUR_MS)).to.include({ status: 'done' });
    expect([reads.count, started.length]).to.deep.equal([2 * runs, 2]);
    for (const ms of [HOUR_MS, 9 * DAY_MS, 2 * HOUR_MS]) expect(await pass(ms)).to.include({ status: 'done' });
    expect((await erasures.find('unknown 9999'))?.status).to.equal('done');
    // Three of them walk over the last eight days, and the last of these three only reads names.
    expect([reads.count, started.length]).to.deep.equal([4 * runs, 5]);
    expect((await erasures.find('unknown 0'))?.finishedAt).to.equal(clock.now);
  });

  it('above the size of a pass wait for the next one', async function () {
    this.timeout(60_000);
    const { begin, pass, runPass, erasures } = await createErasingArchive();
    for (let i = 0; i < 10_001; i++) await begin(`unknown ${String(i).padStart(5, '0')}`);
    await runPass();
    const step = async (i: string) => (await erasures.find(`unknown ${i}`))?.step;
    expect([await step('09999'), await step('10000')]).to.deep.equal(['closed', 'now']);
    await pass(HOUR_MS);
    expect(await step('10000')).to.equal('closed');
  });
});
