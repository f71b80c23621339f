import { FunctionError } from './handler-runner.ts';

/** A function of the emulator. */
interface EmulatedFunction {
  setClientContext(context: unknown): void;
  setEvent(event: unknown): void;
  runHandler(): Promise<unknown>;
}

/** The emulator's functions. */
interface EmulatedLambda {
  listFunctionNames(): readonly string[];
  getByFunctionName(name: string): EmulatedFunction;
}

/** An answer as the emulator sends it. */
interface InvocationAnswer {
  readonly StatusCode: number;
  readonly Payload: unknown;
  readonly FunctionError?: string;
  readonly UnhandledError?: boolean;
}

/**
 * Answers Lambda's Invoke API; takes the place of the emulator's own InvocationsController. That one gives every error the
 * type `Error`, which the `Retry` and `Catch` of a state machine compare, and logs it a second time.
 */
export class InvocationsController {
  readonly #lambda: EmulatedLambda;

  constructor(lambda: EmulatedLambda) {
    this.#lambda = lambda;
  }

  // biome-ignore lint/complexity/useMaxParams: the emulator calls it so
  async invoke(name: string, type: string | null, event: unknown, clientContext: unknown): Promise<InvocationAnswer> {
    if (!this.#lambda.listFunctionNames().includes(name)) {
      return refusal(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    }
    const called = this.#lambda.getByFunctionName(name);
    called.setClientContext(clientContext);
    called.setEvent(event);
    if (type === 'Event') {
      called.runHandler().catch(() => {});
      return { StatusCode: 202, Payload: '' };
    }
    if ((type ?? 'RequestResponse') !== 'RequestResponse') {
      return refusal(400, 'InvalidParameterValueException', `The invocation type ${type} is not served here`);
    }
    return called.runHandler().then(returned, threw);
  }
}

// biome-ignore lint/style/noDefaultExport: the emulator imports it so
export default InvocationsController;

function returned(value: unknown): InvocationAnswer {
  // The emulator sends a text as it is.
  return { StatusCode: 200, Payload: typeof value === 'string' ? JSON.stringify(value) : value };
}

function threw(error: unknown): InvocationAnswer {
  const { type, message, stack } =
    error instanceof FunctionError
      ? error.failure
      : { type: 'Runtime.Unknown', message: String(error), stack: String(error) };
  const Payload = { errorType: type, errorMessage: message, trace: stack.split('\n') };
  return { StatusCode: 200, Payload, UnhandledError: true };
}

function refusal(StatusCode: number, FunctionError: string, Message: string): InvocationAnswer {
  return { StatusCode, FunctionError, Payload: { Message, Type: 'User' } };
}
