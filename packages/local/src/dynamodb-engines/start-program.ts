import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports/free-port.ts';
import type { BoundProcess } from '../processes/bound-process.ts';

/** A cold JVM on a busy two-core machine was seen to need 8 s. */
const START_TIMEOUT_MS = 60_000;
/** The port was free when it was picked; another program may have taken it since. */
const START_ATTEMPTS = 3;
const LOOK_EVERY_MS = 20;

/** A program that takes a port and answers HTTP there. */
export interface Program {
  readonly name: string;
  /** The address that it listens on. */
  readonly host: string;
  readonly start: (port: number) => BoundProcess;
}

/** A program that answers. */
export interface RunningProgram {
  readonly port: number;
  readonly child: BoundProcess;
}

/** Starts a program that cannot take port 0; resolves when it answers, throws with its last words when it does not. */
export async function startProgram(program: Program): Promise<RunningProgram> {
  let failure = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const child = program.start(port);
    const answering = untilAnswering(`http://${program.host}:${port}/`, child);
    const outcome = await Promise.race([answering, child.ended.then((words) => ({ words }))]);
    if (outcome === 'answering') return { port, child };
    failure = outcome === 'silent' ? `no answer within ${START_TIMEOUT_MS / 1000} s` : outcome.words;
    await child.close();
  }
  throw new Error(`${program.name} did not start: ${failure}`);
}

async function untilAnswering(url: string, child: BoundProcess): Promise<'answering' | 'silent'> {
  let ended = false;
  void child.ended.then(() => {
    ended = true;
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && !ended) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return 'answering';
    await sleep(LOOK_EVERY_MS);
  }
  return 'silent';
}
