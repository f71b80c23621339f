import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A mutation, and the script that plays it: `playMutant` with the mutations of a model. */
export interface PlayedMutant {
  readonly script: URL;
  /** Of the mutation. */
  readonly name: string;
  /** If so many do not find it, nothing shows that the part left out matters. */
  readonly schedules: number;
}

/** The first schedule that fails with a mutation, played in a process of its own; null if none does. */
export async function firstFailure({ script, name, schedules }: PlayedMutant): Promise<unknown> {
  const { stdout } = await run(process.execPath, [script.pathname, name, String(schedules)]);
  return JSON.parse(stdout);
}
