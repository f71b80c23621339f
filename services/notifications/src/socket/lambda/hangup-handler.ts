import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';

/** The Lambda handler of the schedule that closes connections whose key has ended. */
export function createHangupHandler({ observe }: Telemetry, closeEnded: () => Promise<void>) {
  return (_event: unknown, context: Context): Promise<void> => observe({ context }, closeEnded);
}
