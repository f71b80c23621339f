import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The result of claiming the folder: only one `npm start` can keep its state there. */
export type RunClaim =
  | { readonly outcome: 'claimed'; release(): void }
  | { readonly outcome: 'running'; readonly pid: number };

/** Claims `weirDir` for this process, unless a running process holds it. */
export function claimRun(weirDir: string, pid: number, isAlive: (pid: number) => boolean = processIsAlive): RunClaim {
  const file = join(weirDir, 'npm-start.pid');
  mkdirSync(weirDir, { recursive: true });
  const holder = readPid(file);
  if (holder !== undefined && holder !== pid && isAlive(holder)) return { outcome: 'running', pid: holder };
  writeFileSync(file, `${pid}\n`);
  return {
    outcome: 'claimed',
    release: () => {
      if (readPid(file) === pid) rmSync(file, { force: true });
    },
  };
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** After a power cut, the number may belong to another program: if the system shows its command line, that decides. */
function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return status !== 0 || stdout.includes('npm-start/main.ts');
}
