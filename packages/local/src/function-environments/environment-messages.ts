/** What an environment is started with. */
export interface EnvironmentCode {
  /** The folder of the function's code; `/var/task` in Lambda. */
  readonly folder: string;
  /** `src/handlers/events.handler`. */
  readonly handler: string;
}

/** An event for the function. */
export interface EnvironmentCall {
  readonly event: unknown;
  /** Lambda's context, without its functions. */
  readonly context: object;
  readonly timeoutMs: number;
}

/** An error as Lambda reports it. */
export interface FunctionFailure {
  /** The error's name, or Lambda's own: `Runtime.ExitError`. */
  readonly type: string;
  readonly message: string;
  /** With its causes. Its lines are those of the TypeScript where there are source maps. */
  readonly stack: string;
}

/** What the thread reports. */
export type EnvironmentReport =
  | { readonly kind: 'returned'; readonly json: string | undefined }
  | { readonly kind: 'failed'; readonly failure: FunctionFailure }
  /** The function cannot be loaded. Nothing runs in the thread any more. */
  | { readonly kind: 'unloadable'; readonly failure: FunctionFailure }
  /** An exception that no call has caught. Nothing runs in the thread any more. */
  | { readonly kind: 'uncaught'; readonly failure: FunctionFailure };
