import { url as inspectorUrl } from 'node:inspector';
import type { FunctionFailure } from './environment-messages.ts';
import { type FunctionEnvironment, startEnvironment } from './function-environment.ts';

/** The part of the emulator's description of a function that is needed. */
interface EmulatedFunction {
  readonly codeDir: string;
  readonly functionKey: string;
  readonly handler: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** An error of a function, as the emulator takes it. */
export class FunctionError extends Error {
  readonly failure: FunctionFailure;

  constructor(failure: FunctionFailure) {
    super(failure.message);
    this.name = failure.type;
    this.stack = failure.stack;
    this.failure = failure;
  }
}

/**
 * Runs one function, one call after the other; takes the place of the emulator's own HandlerRunner. There, an exception
 * outside of a call ends the whole process, and here only the environment: the next call starts another one.
 */
export class HandlerRunner {
  readonly #definition: EmulatedFunction;
  readonly #env: Readonly<Record<string, string>>;
  #environment: FunctionEnvironment | undefined;
  #folder = '';
  #isEnding = false;

  constructor(definition: EmulatedFunction, _options: object, env: Readonly<Record<string, string>>) {
    this.#definition = definition;
    this.#env = env;
  }

  isDockerRunner(): boolean {
    return false;
  }

  async run(event: unknown, context: object): Promise<unknown> {
    const { timeout } = this.#definition;
    // A function that a debugger holds does not run out of time.
    const timesOut = inspectorUrl() === undefined;
    const result = await this.#current().call({ event, context, timeoutMs: timeout }, timesOut);
    if (result.outcome === 'returned') return result.value;
    // The service leaves. An answer would be an attempt for the caller; without one, the event comes again.
    if (this.#isEnding) return new Promise(() => {});
    this.#say(result.failure);
    throw new FunctionError(result.failure);
  }

  async cleanup(): Promise<void> {
    this.#isEnding = true;
    await this.#environment?.end();
  }

  /** The environment that there is, or another one if it is over, or its code was built anew. */
  #current(): FunctionEnvironment {
    const { codeDir, handler } = this.#definition;
    const folder = folderOfCode() ?? codeDir;
    if (this.#environment?.isOver() === false && this.#folder === folder) return this.#environment;
    void this.#environment?.end();
    const onUncaught = (failure: FunctionFailure) =>
      this.#say(
        failure,
        '\n    It came outside of a call: this environment has ended, and the next call starts another',
      );
    this.#folder = folder;
    this.#isEnding = false;
    this.#environment = startEnvironment({ folder, handler, env: this.#env, onUncaught });
    return this.#environment;
  }

  #say({ stack }: FunctionFailure, more = ''): void {
    process.stderr.write(`× ${this.#definition.functionKey}: ${stack}${more}\n`);
  }
}

let folderOfCode: () => string | undefined = () => undefined;

/** Lets functions run from another folder than the emulator's: each call asks for it. */
export function runFrom(folder: () => string | undefined): void {
  folderOfCode = folder;
}

// biome-ignore lint/style/noDefaultExport: the emulator imports it so
export default HandlerRunner;
