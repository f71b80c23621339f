import { join } from 'node:path';
import { failedPartProblem } from '../emulators/failed-part.ts';
import { removeLocalFile, removeWhenKilled, writeLocalFile } from '../local-stage/local-file.ts';
import { ROOT_DIR, stateDir } from '../local-stage/state-dir.ts';
import { END_WITHIN_MS, endWithin } from '../processes/end-within.ts';
import { firstUncaught } from '../processes/first-uncaught.ts';
import { untilSignalled } from '../processes/until-signalled.ts';
import { linesUntilEnding } from '../terminal/lines-until-ending.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { unexpectedProblem } from '../terminal/unexpected-problem.ts';
import { type Closers, createClosers } from './closers.ts';
import { redisAddress, redisProblem } from './local-redis.ts';
import { measuredTable } from './measured.ts';
import { claimRun } from './run-claim.ts';
import { findServices } from './service-process.ts';
import { startLines } from './start-lines.ts';
import { parseStartOptions, START_HELP, type StartOptions } from './start-options.ts';
import { startWeir } from './start-weir.ts';
import { takenMachineProblem } from './taken-machine.ts';
import { welcome } from './welcome.ts';

const localFile = join(stateDir, 'local.json');

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (problem: string): void => {
  process.stderr.write(`\n${problem}\n`);
};

/** `npm start`: runs everything until it is ended; resolves with the exit code. */
export async function runNpmStart(): Promise<number> {
  const parsed = parseStartOptions(process.argv.slice(2), process.env);
  if (parsed.outcome === 'wrong') {
    complain(parsed.problem);
    return 2;
  }
  if (parsed.outcome === 'help') {
    write(START_HELP);
    return 0;
  }
  const claim = claimRun(stateDir, process.pid);
  if (claim.outcome === 'running') {
    complain(
      `Weir is already running (pid ${claim.pid}): use it, or end it with Ctrl-C there or \`kill ${claim.pid}\`, then run npm start again.`,
    );
    return 1;
  }
  removeLocalFile(localFile);
  try {
    return await run(parsed.options);
  } finally {
    claim.release();
  }
}

function inspectProblem({ inspect }: StartOptions, services: readonly string[]): string | undefined {
  if (inspect === undefined || services.includes(inspect)) return undefined;
  return `There is no service ${inspect} to inspect: name one of ${services.join(', ')}.`;
}

async function run(options: StartOptions): Promise<number> {
  const services = findServices(join(ROOT_DIR, 'services'));
  const problem =
    inspectProblem(options, services) ??
    (await takenMachineProblem({ portOffset: options.portOffset, weirDir: stateDir, services })) ??
    (await redisProblem(process.env.WEIR_REDIS_URL ?? ''));
  if (problem !== undefined) {
    complain(problem);
    return 1;
  }
  const { show, ending } = linesUntilEnding(write);
  const progress = createProgress(show, () => performance.now());
  const closers = createClosers((error) => complain(`While ending: ${error instanceof Error ? error.message : error}`));
  const signalled = untilSignalled({ runByNpm: process.env.npm_lifecycle_event !== undefined });
  const failed = firstUncaught().then((error) => Promise.reject(new Error(failedPartProblem(error))));
  try {
    await Promise.race([serve(options, { progress, closers, show }), signalled, untilUnread(), failed]);
    return 0;
  } catch (error) {
    complain(unexpectedProblem(error));
    return 1;
  } finally {
    ending();
    write(`\nEnding … (${END_WITHIN_MS / 1_000} s at most; Ctrl-C again ends at once)`);
    const ended = await endWithin(closers.closeAll(), END_WITHIN_MS);
    write(
      ended
        ? 'Ended.'
        : 'Ended while something was still under way: nothing is lost, the next start goes on from there.',
    );
  }
}

/**
 * If nobody reads our output any more, that is an end too, and not an error: the terminal is closed, or the output was piped
 * into `head`.
 */
function untilUnread(): Promise<void> {
  return new Promise((resolve) => {
    for (const output of [process.stdout, process.stderr]) output.on('error', () => resolve());
  });
}

interface Serving {
  readonly progress: Progress;
  readonly closers: Closers;
  readonly show: (line: string) => void;
}

/** Runs until a service or a part of the local AWS is lost, which rejects. */
async function serve(options: StartOptions, { progress, closers, show }: Serving): Promise<never> {
  show('Starting Weir on this machine. Ctrl-C ends everything.\n');
  const weir = await startWeir({ options, rootDir: ROOT_DIR, weirDir: stateDir, progress, closers, show });
  const table = await measuredTable(weir.api, Date.now());
  removeWhenKilled(localFile);
  writeLocalFile(localFile, weir.local);
  closers.add(() => removeLocalFile(localFile));
  // A second Ctrl-C does not wait for the closers.
  process.once('exit', () => removeLocalFile(localFile));
  show(welcome(weir.local, table, redisAddress(process.env.WEIR_REDIS_URL ?? '')));
  for (const notice of weir.notices) show(`${notice}\n`);
  show(`Ready after ${progress.elapsed()}. Ctrl-C ends everything.`);
  if (options.times) for (const line of startLines(weir.logs)) write(line);
  throw await weir.lost;
}
