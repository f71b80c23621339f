import type { Log } from '@weir/logging';
import { CircuitOpenError } from './circuit-breaker.ts';

/** Says why Redis was not used: a warning when it was tried, so that an outage is not a line for each request. */
export function logFallback(log: Log, message: string, error: unknown): void {
  if (error instanceof CircuitOpenError) log.debug(message, { error });
  else log.warn(message, { error });
}
