import { expect } from 'chai';
import { createErasingArchive } from '../../testing/erasing-archive.ts';
import { startDuePass } from './erase-task.ts';
import { beginPass, type PassMachine, resumePass } from './start-pass.ts';

const HOUR_MS = 3_600_000;

/** Step Functions, as far as names matter. */
function createMachine() {
  const executions = new Map<string, 'running' | 'ended'>();
  const machine: PassMachine = {
    async start(name) {
      const known = executions.get(name) ?? 'running';
      executions.set(name, known);
      return known;
    },
  };
  return { machine, executions };
}

describe('starting passes', () => {
  it('starts one execution if several callers begin a pass at once', async () => {
    const { task } = await createErasingArchive();
    const { machine, executions } = createMachine();
    await Promise.all(Array.from({ length: 20 }, () => beginPass({ ...task, machine })));
    expect([...executions.keys()]).to.have.length(1);
    expect([...executions.keys()][0]).to.match(/^pass-1-/);
  });

  it('begins no pass while one runs, or within an hour of the last one', async () => {
    const { task, begin, runPass, passes, clock } = await createErasingArchive();
    const number = async () => (await passes.find()).number;
    await begin('me');
    await beginPass(task);
    await beginPass(task);
    expect(await number()).to.equal(1);
    await runPass();
    await beginPass(task);
    clock.now += HOUR_MS - 1;
    await beginPass(task);
    expect(await number()).to.equal(1);
    clock.now += 1;
    await beginPass(task);
    expect(await number()).to.equal(2);
  });

  it('the schedule starts a pass that a request only began, and restarts a dead one under another name', async () => {
    const { task, begin, passes } = await createErasingArchive();
    const { machine, executions } = createMachine();
    const deps = { ...task, machine };
    await startDuePass(deps);
    expect(executions.size).to.equal(0);
    await begin('me');
    const failing = { start: () => Promise.reject(new Error('died')) };
    await beginPass({ ...deps, machine: failing }).catch(() => {});
    await startDuePass(deps);
    const { execution } = await passes.find();
    expect([...executions.keys()]).to.deep.equal([execution]);
    await startDuePass(deps);
    expect(executions.size).to.equal(1);
    executions.set(execution, 'ended');
    await startDuePass(deps);
    const resumed = await passes.find();
    expect(resumed).to.include({ number: 1, phase: 'gathering' });
    expect([...executions.keys()]).to.deep.equal([execution, resumed.execution]);
  });

  it('does not replace an execution that ended with its pass, or that another caller has replaced', async () => {
    const { task, begin, runPass, passes } = await createErasingArchive();
    const { machine, executions } = createMachine();
    await begin('me');
    await beginPass(task);
    const pass = await passes.find();
    executions.set(pass.execution, 'ended');
    await Promise.all([1, 2, 3].map(() => resumePass({ ...task, machine }, pass)));
    expect(executions.size).to.equal(2);
    await runPass();
    await resumePass({ ...task, machine }, pass);
    expect(executions.size).to.equal(2);
  });
});
