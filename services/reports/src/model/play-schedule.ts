import assert from 'node:assert/strict';
import { JOB_FILES, type Job, type JobFile, jobFileKey, jobFolder, partsOf } from '@weir/dynamodb/jobs';
import { Chances, VirtualTime } from '@weir/simulation';
import { JobWorld, type WorldOptions } from './job-world.ts';
import { resultWithoutFaults, sampleQuestion } from './sample-kind.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Much longer than any job with its redrives takes. */
const LONGEST_MS = 14 * 24 * HOUR_MS;
const REDRIVES_MS = [MINUTE_MS, HOUR_MS, 23 * HOUR_MS, 25 * HOUR_MS, 50 * HOUR_MS];

/** A frozen process goes on after its message came again, after its job was redriven, or after its folder expired. */
const FREEZES_MS = [1, 20, 40, 200, 26 * 60, 50 * 60].map((minutes) => minutes * MINUTE_MS);

export const FAULTY: WorldOptions = {
  freezesMs: FREEZES_MS,
  ...{ kill: 0.12, freeze: 0.06, loseAnswer: 0.005, double: 0.05, loseRecord: 0.1, concurrency: 6, partMs: 1000 },
};

/** Plays what a seed decides until every job has ended and nothing is under way, then checks all that is left. */
export async function playSchedule(seed: number, options: WorldOptions = FAULTY): Promise<JobWorld> {
  const chances = new Chances(seed);
  const time = new VirtualTime();
  const world = new JobWorld(time, chances, options);
  const planned = planJobs(world, chances);
  let quietSince = 0;
  await time.play(() => {
    const isQuiet = planned.isOver() && world.activeJobs().length === 0;
    if (!isQuiet) quietSince = time.now;
    // The last zombies go on, and the last messages come again.
    return time.now - quietSince > 51 * HOUR_MS || time.now > LONGEST_MS || world.faults.length > 0;
  });
  await checkEnd(world);
  return world;
}

/** Jobs of two keys; some are cancelled, some fail each time, and most of those that failed are redriven. */
function planJobs(world: JobWorld, chances: Chances) {
  const { time } = world;
  let open = 0;
  const later = (ms: number, run: () => Promise<unknown>) => {
    open++;
    time.after(
      ms,
      () =>
        void run()
          .catch(() => {})
          .finally(() => open--),
    );
  };
  for (let number = 0; number < chances.between(1, 6); number++) {
    const fault = chances.is(0.1) ? chances.one(['plan', 'part'] as const) : undefined;
    const question = sampleQuestion(chances.between(0, 18), chances.between(0, 12), fault);
    const at = chances.between(0, 10 * MINUTE_MS);
    const job = { id: `funnel-${number}`, question, keyId: chances.one(['k1', 'k2']), createdAt: at };
    later(at, () => world.create(job));
    if (chances.is(0.2)) later(at + chances.between(0, 3 * MINUTE_MS), () => world.cancel(job.id));
    const redriveAgain = (left: number) => {
      if (left === 0 || chances.is(0.2)) return;
      later(chances.one(REDRIVES_MS), async () => {
        redriveAgain(left - 1);
        await Promise.race([world.redrive(job.id), new Promise((resolve) => time.after(HOUR_MS, () => resolve(0)))]);
      });
    };
    redriveAgain(4);
  }
  return { isOver: () => open === 0 };
}

async function checkEnd(world: JobWorld): Promise<void> {
  assert.deepEqual(world.faults, []);
  for (const job of world.state.jobs.values()) {
    assert(isEnded(job), `${job.id} is ${job.status}`);
    if (job.status === 'failed') checkFailure(world, job);
    if (job.status === 'done') await checkResult(world, job);
    if (job.status === 'done' || job.status === 'cancelled') checkFolder(world, job);
  }
  for (const turns of world.state.turns.values()) assert.deepEqual(turns, { running: [], waiting: [] });
}

/** A job fails only by its own fault, or after a message of it was received too often. */
function checkFailure({ excused }: JobWorld, { id, reason, question }: Job): void {
  const isOwn = reason === 'bad-plan' || reason === 'bad-part';
  if (isOwn) assert.equal(question.actions?.length, 1);
  else assert(excused.has(id), `${id} has failed: ${reason}`);
}

async function checkResult(world: JobWorld, job: Job): Promise<void> {
  const counted = world.plans.get(`${jobFolder(job.id)}${job.cut}/`) ?? 0;
  const expected = await resultWithoutFaults(job.question, counted);
  for (const file of Object.keys(JOB_FILES) as JobFile[]) {
    assert.equal(world.text(jobFileKey(job, file)), expected[file], `${file} of ${job.id}`);
  }
  assert.equal(job.done.size, partsOf(job));
}

/** Nothing is left in the folder, but for what a process wrote after the end, and died or failed before it looked. */
function checkFolder({ objects, writers, lostEnds }: JobWorld, { id, endedAt = 0 }: Job): void {
  if (lostEnds.has(id)) return;
  const left = [...objects].filter(([key, { lastModified }]) => {
    const writer = writers.get(key);
    const isExcused = lastModified >= endedAt && (writer?.isKilled || writer?.hasLostAnswer);
    return key.startsWith(jobFolder(id)) && !isExcused;
  });
  assert.deepEqual(
    left.map(([key]) => key),
    [],
  );
}

function isEnded({ status }: Job): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled';
}
