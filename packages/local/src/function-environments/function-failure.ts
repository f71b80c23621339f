import type { FunctionFailure } from './environment-messages.ts';

/** Frames of the runtime: Node's own, and those of this folder. */
const RUNTIME = /^\s+at .*(node:internal\/|\/local\/src\/function-environments\/)/;

/** Describes what a function threw, be it an error or anything else. */
export function functionFailure(thrown: unknown, type?: string): FunctionFailure {
  if (!(thrown instanceof Error)) {
    return { type: type ?? typeof thrown, message: String(thrown), stack: String(thrown) };
  }
  return { type: type ?? thrown.name, message: thrown.message, stack: stackOf(thrown) };
}

function stackOf(error: Error): string {
  const lines = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  const own = lines.filter((line) => !RUNTIME.test(line)).join('\n');
  return error.cause instanceof Error ? `${own}\nCaused by ${stackOf(error.cause)}` : own;
}
