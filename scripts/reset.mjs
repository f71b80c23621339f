// Empties the local state. It needs no dependency, so it also works if the installation is broken.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const weirDir = process.env.WEIR_STATE_DIR ?? join(dirname(fileURLToPath(import.meta.url)), '..', '.weir');
const pidFile = join(weirDir, 'npm-start.pid');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether the number is still that of `npm start`: after a power cut, a stranger may have it. */
function isNpmStart(pid) {
  const { status, stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  // A system that does not tell decides nothing.
  return status !== 0 || stdout.includes('npm-start/main.ts');
}

/** The local AWS that uses the state without `npm start`, if it answers: one that was killed leaves its claim. */
async function localAwsOn(claimFile) {
  if (!existsSync(claimFile)) return undefined;
  const url = readFileSync(claimFile, 'utf8').trim();
  try {
    const { pid } = await (await fetch(`${url}/_weir/health`, { signal: AbortSignal.timeout(2_000) })).json();
    return typeof pid === 'number' ? { url, pid } : undefined;
  } catch {
    return undefined;
  }
}

const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
if (pid > 0 && isAlive(pid) && isNpmStart(pid)) {
  process.stderr.write(
    `Weir is running (pid ${pid}): end it with Ctrl-C or \`kill ${pid}\`, then run npm run reset again.\n`,
  );
  process.exit(1);
}
const localAws = await localAwsOn(join(weirDir, 'data', 'claimed-by'));
if (localAws) {
  const { url, pid } = localAws;
  process.stderr.write(
    `The local AWS at ${url} (pid ${pid}) uses this state: end the serverless offline that started it, then run npm run reset again.\n`,
  );
  process.exit(1);
}
rmSync(weirDir, { recursive: true, force: true });
process.stdout.write('The local state is empty: the next npm start loads the sample again.\n');
