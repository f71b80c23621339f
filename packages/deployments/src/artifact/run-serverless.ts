import { type SpawnOptions, spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** Runs the repository's Serverless Framework. Answers with its exit code; 1 if a signal ended it. */
export function runServerless(args: readonly string[], options: SpawnOptions): Promise<number> {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [program, ...args], options);
    child.once('error', failed);
    child.once('exit', (code) => ended(code ?? 1));
  });
}
