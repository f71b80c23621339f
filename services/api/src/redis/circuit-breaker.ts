/** Runs work unless the last attempt failed a moment ago. */
export type CircuitBreaker = <T>(work: () => Promise<T>) => Promise<T>;

/** The circuit is open: the work was not tried. */
export class CircuitOpenError extends Error {
  constructor(options?: ErrorOptions) {
    super('not tried: the last attempt failed a moment ago', options);
    this.name = 'CircuitOpenError';
  }
}

/**
 * After a failure, work fails at once for `pauseMs`. Then one call is tried, and the others run once it succeeds. So a
 * service that hangs costs one request its time-out, and not every request.
 */
export function createCircuitBreaker({ pauseMs, now }: { pauseMs: number; now: () => number }): CircuitBreaker {
  let openUntil: number | undefined;
  let cause: unknown;
  return async (work) => {
    if (openUntil !== undefined) {
      if (now() < openUntil) throw new CircuitOpenError({ cause });
      openUntil = now() + pauseMs;
    }
    try {
      const result = await work();
      openUntil = undefined;
      return result;
    } catch (error) {
      openUntil = now() + pauseMs;
      cause = error;
      throw error;
    }
  };
}
