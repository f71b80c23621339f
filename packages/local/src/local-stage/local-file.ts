import { spawn } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Everything that a program on this machine needs to reach the running Weir: the content of `.weir/local.json`. */
export interface LocalFile {
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
  /** Ends in `/v1`. */
  readonly apiUrl: string;
  readonly key: string;
  readonly stream: string;
  readonly buckets: { readonly archive: string; readonly avatars: string; readonly reports: string };
  readonly tables: Readonly<Record<'metrics' | 'users' | 'reports' | 'notifications', string>>;
  readonly awsUrl: string;
  readonly mailUrl: string;
  /** The WebSocket API, if a service has one. */
  readonly pushUrl?: string;
  /** Lets a program change what the local AWS does: faults, counts, services. */
  readonly token: string;
  readonly pid: number;
}

/** Writes the whole file or nothing: a program that waits for it never reads half of it. */
export function writeLocalFile(path: string, content: LocalFile): void {
  const draft = `${path}.${content.pid}`;
  // It holds the key and the token.
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** Removes the file: it exists only while everything is ready. */
export function removeLocalFile(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Removes the file also when this process is killed hard: a shell waits for the end of its standard input, a pipe that
 * the kernel then closes.
 */
export function removeWhenKilled(path: string): void {
  const watcher = spawn('/bin/sh', ['-c', 'cat >/dev/null; rm -f "$1"', 'sh', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A session of its own: Ctrl-C must not end it before this process.
    detached: true,
  });
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  watcher.unref();
}
