import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';

/** The Lambda handler of the schedule. Its result is in the log, and an operator who calls it by hand sees it. */
export function createSweepHandler<T extends Readonly<Record<string, unknown>>>(
  telemetry: Telemetry,
  sweep: () => Promise<T>,
) {
  return (_event: unknown, context: Context): Promise<T> =>
    telemetry.observe({ context }, async () => {
      const swept = await sweep();
      telemetry.log.info('Swept the jobs', swept);
      return swept;
    });
}
