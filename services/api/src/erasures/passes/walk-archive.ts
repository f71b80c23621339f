import type { Pass, Walked } from '@weir/dynamodb/erasures';
import { AREAS, earlier, walkArea } from '../archive/walk-area.ts';
import { readCohort } from '../cohort/cohort.ts';
import { type EraseDeps, type PassJob, PassOver } from '../cohort/erase-deps.ts';

/** The progress of the walk before, and the deadline. */
interface WalkStart {
  readonly before: Walked;
  readonly deadline: number;
}

/** Continues a pass's walk over all areas, until the walk or the time is over. */
export async function walkArchive(deps: EraseDeps, pass: Pass, deadline: number): Promise<void> {
  const job = { pass: pass.number, cohort: await readCohort(deps, pass) };
  let { walked } = pass;
  // Without members there is nothing to search for.
  while (walked.area < AREAS.length && job.cohort.everybody.size > 0) {
    walked = await walkOn(deps, job, { before: walked, deadline });
    if (deps.now() >= deadline) return;
  }
  await deps.passes.endWalk(pass.number);
}

/** Walks over an area or a part of it, and stores the progress, even if an object fails. */
async function walkOn(deps: EraseDeps, job: PassJob, { before, deadline }: WalkStart): Promise<Walked> {
  const area = AREAS[before.area] ?? AREAS[0];
  const { isOver, after, waitingHour, failure } = await walkArea(deps, job, { area, after: before.after, deadline });
  const walked = {
    area: isOver ? before.area + 1 : before.area,
    after: isOver ? undefined : after,
    waitingHour: earlier(before.waitingHour, waitingHour),
    failingHour: failure?.hour,
  };
  if (!(await deps.passes.save(job.pass, walked))) throw new PassOver(job.pass);
  if (failure) throw failure.error;
  return walked;
}
