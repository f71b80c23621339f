import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Call, InstanceAnswer } from './lambda-messages.ts';

const RUNTIME = join(import.meta.dirname, 'lambda-runtime.ts');

/** A function as Lambda has it: from its template and its zip. */
export interface LambdaFunction {
  readonly name: string;
  /** Where its zip is unpacked; `/var/task` in Lambda. */
  readonly folder: string;
  /** `src/handlers/events.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  /** Its whole environment, the way to AWS included: it gets nothing from the environment of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One instance of a function: a process that handles one event at a time. */
export interface LambdaInstance {
  /** What the function returns; rejects with what it throws, and when its time is over. */
  invoke(event: unknown): Promise<unknown>;
  /** The files of its folder that were loaded until now. */
  loaded(): readonly string[];
  /** What it has written until now: its log and its metrics. */
  printed(): string;
  /** The events that it has answered, and its CPU until the last of them, loading included. */
  used(): { readonly calls: number; readonly cpuMs: number };
  close(): Promise<void>;
}

/** Starts an instance from the package, without access to anything in the repository. */
export function startLambda(definition: LambdaFunction): LambdaInstance {
  const { folder, handler } = definition;
  const child = fork(RUNTIME, [folder, handler], {
    cwd: folder,
    env: reservedOf(definition),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const files: string[] = [];
  let printed = '';
  let used = { calls: 0, cpuMs: 0 };
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (event: unknown): Promise<unknown> => {
    const { outcome, loaded, cpuMs } = await askOnce(child, definition, event);
    files.push(...loaded);
    used = { calls: used.calls + 1, cpuMs };
    if (outcome.kind === 'returned') return outcome.value;
    throw Object.assign(new Error(outcome.message), { name: outcome.name, stack: outcome.stack });
  };
  return {
    invoke: (event) => {
      const asked = last.then(() => ask(event));
      last = asked.catch(() => undefined);
      return asked;
    },
    loaded: () => files,
    printed: () => printed,
    used: () => used,
    close: async () => {
      if (hasEnded(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The variables that Lambda itself sets, and those of the function. */
function reservedOf({ name, folder, handler, environment }: LambdaFunction): Record<string, string> {
  return {
    TZ: ':UTC',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    ...environment,
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function askOnce(
  child: ChildProcess,
  { name, timeoutSeconds }: LambdaFunction,
  event: unknown,
): Promise<InstanceAnswer> {
  if (hasEnded(child)) return Promise.reject(new Error(`${name} has ended`));
  const { promise, resolve, reject } = Promise.withResolvers<InstanceAnswer>();
  const onExit = (code: number | null) => reject(new Error(`${name} exited with ${code}`));
  const timer = setTimeout(() => {
    reject(new Error(`${name} timed out after ${timeoutSeconds} s`));
    child.kill('SIGKILL');
  }, timeoutSeconds * 1000);
  child.once('message', resolve).once('exit', onExit);
  const call: Call = { event, requestId: randomUUID(), deadlineMs: Date.now() + timeoutSeconds * 1000 };
  // Its channel may be closed a moment before its exit is known.
  child.send(call, (error) => error !== null && reject(new Error(`${name} has ended`)));
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', resolve).off('exit', onExit);
  });
}
