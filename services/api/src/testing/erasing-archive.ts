import { createHash } from 'node:crypto';
import { compress, digestOf, objectKey } from '@weir/archive';
import { type EraseInput, type EraseProgress, eraseTask, startDuePass } from '../erasures/passes/erase-task.ts';
import { beginPass } from '../erasures/passes/start-pass.ts';
import { createErasuresFixture } from './erasures-fixture.ts';

const HOUR_MS = 3_600_000;
export const LOG_ID = '1764000000.0';

/** An archive in memory, with the state machine's calls for passes. Each read of an object is counted. */
export async function createErasingArchive() {
  const fixture = createErasuresFixture();
  const { task, objects, store, erasures, passes, clock } = fixture;
  const reads = { count: 0 };
  const get = objects.get.bind(objects);
  objects.get = async (key) => {
    reads.count++;
    return get(key);
  };
  await store.register(LOG_ID, []);

  const put = async (number: number, hour: number, users: readonly string[]) => {
    const bytes = compress(linesOf(users, hour));
    const digest = digestOf(createHash('sha256').update(bytes).digest('hex'));
    await objects.put(objectKey({ area: 'events', logId: LOG_ID, number, arrival: hour * HOUR_MS, digest }), bytes);
    return digest;
  };
  const addRun = async (from: number, hour: number, users: readonly string[]) => {
    const run = await addUnsweptRun(from, hour, users);
    await store.markSwept(run);
    return run;
  };
  const addUnsweptRun = async (from: number, hour: number, users: readonly string[]) => {
    const run = { logId: LOG_ID, from, to: from, hour, digest: await put(from, hour, users), swept: false };
    await store.addRun(run);
    return run;
  };
  /** Begins an erasure, without the places that are erased at once. */
  const begin = (userId: string, id = userId) =>
    erasures.begin({ id, userId, userHash: 'h', requestedAt: clock.now, until: clock.now + 1 });
  /** Calls the task as the state machine does, until it ends or `calls` calls were made. */
  const work = async ({ calls = 1_000, deadline = Number.POSITIVE_INFINITY, ...given }: WorkOptions = {}) => {
    let input: EraseInput = { pass: (await passes.find()).number, ...given };
    let progress: EraseProgress | undefined;
    for (let i = 0; i < calls && progress?.status !== 'done' && progress?.status !== 'failed'; i++) {
      progress = await eraseTask(task, input, deadline);
      input = { pass: progress.pass, hasFailed: progress.hasFailed };
    }
    return progress;
  };
  /** Runs a pass from its beginning to its end. */
  const runPass = async () => {
    await beginPass(task);
    return work();
  };
  /** Moves the clock, and runs the schedule. */
  const pass = async (ms: number) => {
    clock.now += ms;
    const before = fixture.started.length;
    await startDuePass(task);
    return fixture.started.length > before ? work() : undefined;
  };
  return { ...fixture, reads, put, addRun, addUnsweptRun, begin, work, runPass, pass };
}

/** One line for each of these users, with arrival in one hour. */
function linesOf(users: readonly string[], hour: number): Buffer {
  const texts = users.map((userId, i) => {
    const event = JSON.stringify({ userId, action: 'a', timestamp: 5 });
    return `{"at":"s:${i}:0","arrival":${hour * HOUR_MS + i},"outcome":"counted","event":${event}}\n`;
  });
  return Buffer.from(texts.join(''));
}

interface WorkOptions {
  readonly calls?: number;
  readonly deadline?: number;
  readonly failure?: string;
}
