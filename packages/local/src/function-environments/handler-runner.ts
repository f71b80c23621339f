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
    this.#isEnding = false;
    const folder = await this.#folderOfCode();
    // The service leaves. An answer would be an attempt for the caller; without one, the event comes again.
    if (this.#isEnding) return new Promise(() => {});
    // A function that a debugger holds does not run out of time.
    const timesOut = inspectorUrl() === undefined;
    const result = await this.#current(folder).call({ event, context, timeoutMs: timeout }, timesOut);
    if (result.outcome === 'returned') return result.value;
    if (this.#isEnding) return new Promise(() => {});
    throw this.#failed(result.failure);
  }

  async cleanup(): Promise<void> {
    this.#isEnding = true;
    await this.#environment?.end();
  }

  /** The function is built with its first call, and a build may be broken. */
  async #folderOfCode(): Promise<string> {
    const { codeDir, handler } = this.#definition;
    try {
      return (await folderOfCode(handler)) ?? codeDir;
    } catch (error) {
      const { message } = error as Error;
      throw this.#failed({ type: 'Runtime.ImportModuleError', message, stack: message });
    }
  }

  /** The environment that there is, or another one if it is over, or its code was built anew. */
  #current(folder: string): FunctionEnvironment {
    const { handler } = this.#definition;
    if (this.#environment?.isOver() === false && this.#folder === folder) return this.#environment;
    void this.#environment?.end();
    const onUncaught = (failure: FunctionFailure) =>
      this.#say(
        failure,
        '\n    It came outside of a call: this environment has ended, and the next call starts another',
      );
    this.#folder = folder;
    this.#environment = startEnvironment({ folder, handler, env: this.#env, onUncaught });
    return this.#environment;
  }

  #failed(failure: FunctionFailure): FunctionError {
    this.#say(failure);
    return new FunctionError(failure);
  }

  #say({ stack }: FunctionFailure, more = ''): void {
    process.stderr.write(`× ${this.#definition.functionKey}: ${stack}${more}\n`);
  }
}

type FolderOfCode = (handler: string) => Promise<string | undefined>;

let folderOfCode: FolderOfCode = async () => undefined;

/** Lets functions run from other folders than the emulator's: each call asks for that of its handler. */
export function runFrom(folder: FolderOfCode): void {
  folderOfCode = folder;
}

// biome-ignore lint/style/noDefaultExport: the emulator imports it so
export default HandlerRunner;
