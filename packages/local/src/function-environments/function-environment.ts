import { Worker } from 'node:worker_threads';
import type { EnvironmentCall, EnvironmentCode, EnvironmentReport, FunctionFailure } from './environment-messages.ts';
import { functionFailure } from './function-failure.ts';

/** What came of a call. */
export type CallResult =
  | { readonly outcome: 'returned'; readonly value: unknown }
  | { readonly outcome: 'failed'; readonly failure: FunctionFailure };

/** How to start an environment. */
export interface EnvironmentStart extends EnvironmentCode {
  readonly env: Readonly<Record<string, string>>;
  /** Called with an exception that comes while no call runs. */
  readonly onUncaught: (failure: FunctionFailure) => void;
}

/** One environment of a function, as Lambda has it: it handles one event at a time, and keeps its state between them. */
export interface FunctionEnvironment {
  /** Without a time-out, a call takes as long as it takes. */
  call(call: EnvironmentCall, timesOut: boolean): Promise<CallResult>;
  /** Whether it takes no more calls: the function has ended it, or a call took too long. */
  isOver(): boolean;
  /** Ends it; a call that runs fails. */
  end(): Promise<void>;
}

const THREAD = new URL('./environment-thread.ts', import.meta.url);

/** Starts an environment in a thread of its own. Nothing that the function does there can end this process. */
export function startEnvironment({ env, onUncaught, folder, handler }: EnvironmentStart): FunctionEnvironment {
  const worker = new Worker(THREAD, { env, workerData: { folder, handler } satisfies EnvironmentCode });
  let isOver = false;
  let running: ((result: CallResult) => void) | undefined;
  const settle = (result: CallResult): void => {
    running?.(result);
    running = undefined;
  };
  const die = (failure: FunctionFailure): void => {
    if (running === undefined && !isOver) onUncaught(failure);
    isOver = true;
    settle({ outcome: 'failed', failure });
  };
  const end = async (): Promise<void> => {
    isOver = true;
    await worker.terminate();
  };
  worker.on('message', (report: EnvironmentReport) => {
    if (report.kind === 'uncaught') return die(report.failure);
    if (report.kind === 'unloadable') void end();
    settle(resultOf(report));
  });
  // Out of memory, or an error before the thread listens for errors.
  worker.on('error', (error) => die(functionFailure(error)));
  worker.on('exit', (code) => die(exitFailure(code)));
  return {
    call: (call, timesOut) => {
      const { promise, resolve } = Promise.withResolvers<CallResult>();
      running = resolve;
      const onTimeOut = (): void => {
        settle({ outcome: 'failed', failure: timeOutFailure(call) });
        void end();
      };
      const timer = timesOut ? setTimeout(onTimeOut, call.timeoutMs) : undefined;
      worker.postMessage(call);
      return promise.finally(() => clearTimeout(timer));
    },
    isOver: () => isOver,
    end,
  };
}

function resultOf(report: Exclude<EnvironmentReport, { readonly kind: 'uncaught' }>): CallResult {
  if (report.kind !== 'returned') return { outcome: 'failed', failure: report.failure };
  return { outcome: 'returned', value: report.json === undefined ? undefined : JSON.parse(report.json) };
}

function timeOutFailure({ timeoutMs }: EnvironmentCall): FunctionFailure {
  return withoutStack('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
}

function exitFailure(code: number): FunctionFailure {
  return withoutStack('Runtime.ExitError', `Runtime exited with error: exit status ${code}`);
}

function withoutStack(type: string, message: string): FunctionFailure {
  return { type, message, stack: `${type}: ${message}` };
}
