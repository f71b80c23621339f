import type { Mutation } from '@weir/simulation/mutants';

const WORK = 'work-part.ts';
const COORDINATE = 'coordinate-key.ts';
const MEMORY = '@weir/dynamodb/jobs-store/memory-jobs-store.ts';
const CHANGES = '@weir/dynamodb/jobs-store/job-changes.ts';

/**
 * A schedule must fail with each. The sources are below `services/reports/src/jobs` or, for `@weir/dynamodb/`, below
 * `packages/dynamodb/src`.
 */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a worker sends the next part before its own has ended',
    file: WORK,
    find: '  const after = isToDo',
    replace: [
      '  const early = isToDo ? partsAfter(job, part) : [];',
      '  if (early.length > 0) await deps.publish(early.map((one) => ({ jobId: job.id, cut: job.cut, part: one })));',
      '  const after = isToDo',
    ].join('\n'),
  },
  {
    name: 'a worker runs a part that has ended',
    file: WORK,
    find: ' && !job.done.has(part)',
    replace: '',
  },
  {
    name: 'a worker does not look whether the job runs',
    file: WORK,
    find: " && job.status === 'running'",
    replace: '',
  },
  {
    name: 'a copy of a part that has ended sends nothing',
    file: WORK,
    find: '  if (isFull(after)) return assemble(deps, after);',
    replace: '  if (isFull(after)) return assemble(deps, after);\n  if (!isToDo) return;',
  },
  {
    name: 'a copy of the last part does not assemble',
    file: WORK,
    find: 'if (isFull(after)) return',
    replace: 'if (isFull(after)) return !isToDo ? undefined :',
  },
  {
    name: 'a job is done before its files are there',
    file: WORK,
    find: '  for (const file of FILES)',
    replace: "  await store.end(job.id, { status: 'done', cut: job.cut, now: now() });\n  for (const file of FILES)",
  },
  {
    name: 'the folder is removed before the job is done',
    file: WORK,
    find: "  await store.end(job.id, { status: 'done', cut: job.cut, now: now() });",
    replace: [
      '  for await (const { key } of files.list(cutFolder(job.id, job.cut))) await files.remove([key]);',
      "  await store.end(job.id, { status: 'done', cut: job.cut, now: now() });",
    ].join('\n'),
  },
  {
    name: 'an error fails the job before the last receive',
    file: WORK,
    find: 'if (isLastReceive) await',
    replace: 'await',
  },
  {
    name: 'a worker does not clean up after a job that ended while it worked',
    file: WORK,
    find: 'return cleanUpJob(deps, job.id);',
    replace: 'return;',
  },
  {
    name: 'the folder of a failed job is removed too',
    file: 'clean-up-job.ts',
    find: "job?.status === 'done' ||",
    replace: "job?.status === 'done' || job?.status === 'failed' ||",
  },
  {
    name: 'the second phase begins with the last parts of the first',
    file: 'parts-to-send.ts',
    find: 'const next = isEnded(job, phase)',
    replace: 'const next = part + PARTS_OUT >= phase.end',
  },
  {
    name: 'the parts count as sent before they are',
    file: COORDINATE,
    find: '  await deps.publish(',
    replace: '  await deps.store.markSent(id, { cut, now: deps.now() });\n  await deps.publish(',
  },
  {
    name: 'all attempts at a plan share a folder',
    file: COORDINATE,
    find: 'deps.newCut()',
    replace: "'c'",
  },
  {
    name: 'the attempt at a plan that lost keeps its folder',
    file: COORDINATE,
    find: 'if (fixed?.cut !== cut) await',
    replace: "if (fixed?.cut === 'none') await",
    failsAt: 226,
  },
  {
    name: 'a redrive sends nothing',
    file: 'redrive-job.ts',
    find: 'if (isOpen) await coordinateKey(deps, job.keyId);',
    replace: 'if (isOpen) await deps.store.markSent(id, { cut: job.cut ?? "", now });\n  void coordinateKey;',
  },
  {
    name: 'a job goes on with a folder that may expire',
    file: 'redrive-job.ts',
    find: 'job.cutAt <= now - RESUMABLE_MS',
    replace: 'job.cutAt <= 0 * RESUMABLE_MS',
  },
  {
    name: 'the sweep does not look for lost records',
    file: 'sweep-jobs.ts',
    find: 'keys.add(keyId);',
    replace: 'void keyId;',
  },
  {
    name: 'the sweep fails no job',
    file: 'sweep-jobs.ts',
    find: "status === 'running' && progressAt",
    replace: "status === 'done' && progressAt",
  },
  {
    name: 'the last cut wins',
    file: CHANGES,
    find: "return status === 'running' && cut === undefined;",
    replace: "return status === 'running' || cut === '';",
    failsAt: 205,
  },
  {
    name: 'a job ends without a condition',
    file: CHANGES,
    find: '  return isOpen && hasCut &&',
    replace: '  return (isOpen || hasCut) &&',
  },
  {
    name: 'more than two jobs of a key are admitted',
    file: CHANGES,
    find: 'RUNNING_PER_KEY - running.length)',
    replace: 'RUNNING_PER_KEY)',
  },
  {
    name: 'a part ends whatever has become of the job',
    file: MEMORY,
    find: "if (job?.status !== 'running' || job.cut !== cut) return undefined;",
    replace: 'if (!job || cut === "") return undefined;',
  },
  {
    name: 'a turn is freed by another write than the end',
    file: MEMORY,
    find: '    this.#state.turns.set(job.keyId, turnsWithout(this.#turnsOf(job.keyId), [id]));',
    replace:
      '    await this.#turn();\n    this.#state.turns.set(job.keyId, turnsWithout(this.#turnsOf(job.keyId), [id]));',
    failsAt: 152,
  },
  {
    name: 'the set of parts is written as it was read',
    file: MEMORY,
    find: 'return this.#change(id, (open) => {\n      return { ...open, done: new Set(open.done)',
    replace:
      'await this.#turn();\n    return this.#change(id, (open) => {\n      return { ...open, done: new Set(job.done)',
  },
];
