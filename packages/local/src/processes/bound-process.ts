import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a child may take to end by itself before it is killed. */
const GRACE_MS = 3000;
const SESSION_PAUSE_MS = 5;
const SESSION_MS = 50;

/**
 * Waits for the end of the pipe on its standard input, which the kernel closes however our process ends. Then it ends
 * the program that took the shell's place (and its pid, `$$`). `<&3` because a shell gives its background jobs
 * /dev/null. A program that is still there after three seconds is killed, with all of its session (0), to which the
 * watcher belongs: no other program can therefore have received that number in the meantime.
 */
const WATCHER =
  'cat <&3 >/dev/null 2>&1; kill -TERM $$ 2>/dev/null || exit; for second in 1 2 3; do sleep 1; kill -0 $$ 2>/dev/null || exit; done; kill -KILL 0';
const SCRIPT = `exec 3<&0; (${WATCHER}) & exec "$@" 3<&- </dev/null`;

/** A child process that never outlives this one, not even if this one is killed hard. */
export interface BoundProcess {
  readonly pid: number | undefined;
  /**
   * Resolves when the process has ended, and everything that it started, with the last lines that it wrote to its standard
   * error.
   */
  readonly ended: Promise<string>;
  /** Resolves at the same time, with the reason in a line: the signal, or the status and the very last line. */
  readonly reason: Promise<string>;
  close(): Promise<void>;
}

/** Where a program runs; by default in our folder and environment, keeping only its last errors. */
export interface BoundProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A file descriptor that takes both of its outputs. */
  readonly output?: number;
}

/** Starts a program in a session of its own: Ctrl-C in the terminal then reaches us and not it. */
export function spawnBound(
  command: string,
  args: readonly string[],
  { output, ...options }: BoundProcessOptions = {},
): BoundProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', command, ...args], {
    stdio: ['pipe', output ?? 'ignore', output ?? 'pipe'],
    detached: true,
    ...options,
  });
  const ended = lastWords(child);
  return {
    pid: child.pid,
    ended,
    reason: ended.then((words) => reasonOf(child, words)),
    close: async () => {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(killer);
    },
  };
}

function reasonOf({ exitCode, signalCode }: ChildProcess, words: string): string {
  if (signalCode !== null) return signalCode;
  const [line = ''] = words.split('\n').slice(-1);
  return line === '' ? `status ${exitCode}` : `status ${exitCode}: ${line}`;
}

function lastWords(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-2000);
  });
  child.stdin?.on('error', () => {});
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', async () => {
      child.stderr?.destroy();
      await endSession(child);
      resolve(words.trim());
    });
  });
}

/**
 * Kills what the program has left behind in its session: its own children, which would find out only later, and the watcher.
 * The watcher is still there, as the pipe is open: no other session can therefore have the number in the meantime.
 */
async function endSession({ pid, stdin }: ChildProcess): Promise<void> {
  for (let waited = 0; waited < SESSION_MS && pid !== undefined && killSession(pid); waited += SESSION_PAUSE_MS) {
    await sleep(SESSION_PAUSE_MS);
  }
  stdin?.destroy();
}

/** Whether there was something to kill. What was killed is there until init clears it away, which may take seconds. */
function killSession(session: number): boolean {
  try {
    process.kill(-session, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
