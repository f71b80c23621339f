import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { KILL_HEADER } from '../aws-calls/error-reply.ts';
import type { EnvironmentCall, EnvironmentReport } from './environment-messages.ts';
import { functionFailure } from './function-failure.ts';
import { type Handler, loadHandler } from './load-handler.ts';

// The program inside an environment: Lambda's runtime, as far as functions notice. It loads the function at its first
// call, and answers one event after the other.

process.setSourceMapsEnabled(true);

/** The status of a process that was ended by SIGKILL. */
const KILLED = 137;

let loading: Promise<Handler> | undefined;

function report(what: EnvironmentReport): void {
  parentPort?.postMessage(what);
}

/** As Lambda's runtime does: the failure is reported, and the environment ends. */
function end(thrown: unknown, type?: string): void {
  report({ kind: 'uncaught', failure: functionFailure(thrown, type) });
  process.exit(1);
}

// A fault of the AWS door. The function never sees the answer: as when its machine dies, nothing of it goes on.
subscribe('http.client.response.finish', (message) => {
  const { response } = message as { readonly response: IncomingMessage };
  if (response.headers[KILL_HEADER] !== undefined) process.exit(KILLED);
});

process.on('uncaughtException', (error) => end(error));
process.on('unhandledRejection', (reason) => end(reason, 'Runtime.UnhandledPromiseRejection'));

async function answer({ event, context, timeoutMs }: EnvironmentCall): Promise<EnvironmentReport> {
  const deadline = performance.now() + timeoutMs;
  loading ??= loadHandler(workerData);
  try {
    await loading;
  } catch (error) {
    return { kind: 'unloadable', failure: functionFailure(error) };
  }
  try {
    const handler = await loading;
    const getRemainingTimeInMillis = () => Math.max(0, Math.floor(deadline - performance.now()));
    const value = await handler(event, { ...context, getRemainingTimeInMillis });
    return { kind: 'returned', json: JSON.stringify(value) };
  } catch (error) {
    return { kind: 'failed', failure: functionFailure(error) };
  }
}

parentPort?.on('message', async (call: EnvironmentCall) => report(await answer(call)));
