/** The part of `process` that is needed. */
interface Thrower {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
}

/**
 * Resolves with the first error that no caller catches, such as one of an emulator that runs in this process. From here
 * on such an error no longer ends the process: the caller ends everything in order. Later ones follow from the first.
 */
export function firstUncaught(own: Thrower = process): Promise<Error> {
  return new Promise((resolve) => {
    own.on('uncaughtException', (error) => resolve(error instanceof Error ? error : new Error(String(error))));
  });
}
