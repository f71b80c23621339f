import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { spawnBound } from './bound-process.ts';

const DEAF = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
const OBEDIENT = 'setInterval(() => {}, 1000);';

/** Whether any process of the session is left: its number is that of the bound process. */
function isLeft(session: number): boolean {
  try {
    process.kill(-session, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes of the session that still run; one that only waits for init to clear it away does not. */
function running(session: number): readonly string[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return listed.filter((line) => new RegExp(`^ *${session} +[^Z ]`).test(line));
}

async function goneWithin(session: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isLeft(session) && performance.now() < deadline) await sleep(50);
  return !isLeft(session);
}

describe('the end of a bound process', () => {
  it('has its reason in a line', async () => {
    const failed = spawnBound(process.execPath, ['-e', 'console.error("ready\\nno room"); process.exit(3)']);
    const killed = spawnBound(process.execPath, ['-e', `console.error("ready"); ${OBEDIENT}`]);
    process.kill(killed.pid ?? 0, 'SIGKILL');
    expect([await failed.reason, await killed.reason]).to.deep.equal(['status 3: no room', 'SIGKILL']);
  });
});

/** Starts a process that binds `program`, and kills it hard; resolves with the session that it leaves behind. */
async function killBinderOf(program: string): Promise<number> {
  const script = `
    import { spawnBound } from ${JSON.stringify(new URL('./bound-process.ts', import.meta.url).href)};
    console.log(spawnBound(process.execPath, ['-e', ${JSON.stringify(program)}]).pid);
    setInterval(() => {}, 1000);`;
  const binder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(binder.stdout), 'line');
  // The program needs a moment until it ignores the signal.
  await sleep(500);
  binder.kill('SIGKILL');
  return Number(line);
}

describe('a bound process', function () {
  this.timeout(20_000);

  it('ends, and its watcher too, when the process that started it is killed hard', async () => {
    expect(await goneWithin(await killBinderOf(OBEDIENT), 10_000)).to.equal(true);
  });

  it('is killed after a moment when it does not listen to SIGTERM', async () => {
    expect(await goneWithin(await killBinderOf(DEAF), 10_000)).to.equal(true);
  });

  it('is closed, or has ended by itself, only when its own children are gone too, which outlive it', async () => {
    const script = (how: string) =>
      `require('node:child_process').spawn('sleep', ['30'], { stdio: 'ignore' }); console.error('ready'); ${how}`;
    const closed = spawnBound(process.execPath, ['-e', script(OBEDIENT)]);
    await sleep(500);
    await closed.close();
    expect(running(closed.pid ?? 0)).to.deep.equal([]);
    const ended = spawnBound(process.execPath, ['-e', script('process.exit(3)')]);
    expect([await ended.reason, running(ended.pid ?? 0)]).to.deep.equal(['status 3: ready', []]);
  });

  it('leaves nothing of its session behind when it is closed', async () => {
    const bound = spawnBound(process.execPath, ['-e', OBEDIENT]);
    await bound.close();
    expect(await goneWithin(bound.pid ?? 0, 2_000)).to.equal(true);
  });
});
