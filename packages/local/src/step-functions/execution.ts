import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOptions } from 'aws-local-stepfunctions';
import type { Invoke } from '../invoke/lambda-invoke.ts';
import { createHistory, type History, type HistoryEvent } from './history.ts';
import type { Machine } from './machine.ts';

/** How an execution ended, or that it is running. */
export type ExecutionState =
  | { readonly status: 'RUNNING' }
  | { readonly status: 'SUCCEEDED'; readonly output: string; readonly stopDate: number }
  | {
      readonly status: 'FAILED' | 'ABORTED';
      readonly error: string;
      readonly cause: string;
      readonly stopDate: number;
    };

/** One run of a state machine. Dates are epoch seconds. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly input: string;
  readonly startDate: number;
  state(): ExecutionState;
  /** What it did until now, the oldest first: the calls of its tasks' functions. */
  history(): readonly HistoryEvent[];
  /** Ends it at once; a function that was called runs to its own end. */
  abort(): Promise<void>;
}

/** Calls again while a service is not running: in AWS, a function that exists can be called. */
const REACH_AGAIN_MS = 500;

type Input = Parameters<Awaited<ReturnType<typeof loadStateMachine>>['prototype']['run']>[0];

/** Starts a machine with an input, which is JSON. */
export function startExecution(machine: Machine, name: string, input: string): Execution {
  const stopping = new AbortController();
  const startDate = Date.now() / 1000;
  const arn = machine.arn.replace(':stateMachine:', ':execution:').concat(':', name);
  const history = createHistory();
  let state: ExecutionState = { status: 'RUNNING' };
  const ending = run(machine, { name, arn, input: JSON.parse(input), startDate, history }, stopping.signal).then(
    (output) => {
      state = { status: 'SUCCEEDED', output: JSON.stringify(output ?? null), stopDate: Date.now() / 1000 };
    },
    (error: Error) => {
      const status = stopping.signal.aborted ? 'ABORTED' : 'FAILED';
      state = { status, error: error.name, cause: error.message, stopDate: Date.now() / 1000 };
    },
  );
  return {
    arn,
    name,
    machineArn: machine.arn,
    input,
    startDate,
    state: () => state,
    history: history.events,
    abort: () => {
      stopping.abort();
      return ending;
    },
  };
}

interface RunInput {
  readonly name: string;
  readonly arn: string;
  readonly input: Input;
  readonly startDate: number;
  readonly history: History;
}

async function run(machine: Machine, given: RunInput, signal: AbortSignal): Promise<unknown> {
  const { name, arn, input, startDate, history } = given;
  const StateMachine = await loadStateMachine();
  const context = {
    Execution: { Id: arn, Name: name, Input: input, StartTime: new Date(startDate * 1000).toISOString() },
  };
  const handlers = [...machine.tasks].map(([state, invoke]) => [
    state,
    (event: object) => history.record(event, () => call(invoke, event, signal)),
  ]);
  const options = { context, overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) } };
  const { result, abort } = new StateMachine(machine.definition).run(input, options as unknown as RunOptions);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return result;
}

/** An interpreter of the States Language, with its own AWS clients: loaded when a machine runs. */
async function loadStateMachine() {
  return (await import('aws-local-stepfunctions')).StateMachine;
}

/** The function's result; an error of the function is thrown under its own name, with which `ErrorEquals` compares. */
async function call(invoke: Invoke, event: object, signal: AbortSignal): Promise<unknown> {
  for (;;) {
    const result = await invoke(event);
    if (result.outcome === 'returned') return result.value;
    if (result.outcome === 'failed') throw thrownBy(result.reason);
    await sleep(REACH_AGAIN_MS, undefined, { signal });
  }
}

function thrownBy(reason: string): Error {
  const [, type = 'Lambda.Unknown'] = /"errorType":"([^"]+)"/.exec(reason) ?? [];
  return Object.assign(new Error(reason), { name: type });
}
