import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { RedriveAnswer } from './redrive-answer.ts';

export interface SweepDeps<Swept> {
  readonly sweep: () => Promise<Swept>;
  readonly redrive: (jobId: string) => Promise<RedriveAnswer>;
}

/** The Lambda handler of the schedule, and of an operator who names a failed job: `{"redrive": "<id>"}`. */
export function createSweepHandler<Swept extends Readonly<Record<string, unknown>>>(
  telemetry: Telemetry,
  { sweep, redrive }: SweepDeps<Swept>,
) {
  return (event: unknown, context: Context): Promise<Swept | RedriveAnswer> =>
    telemetry.observe<Swept | RedriveAnswer>({ context }, async () => {
      const { redrive: id } = event as { readonly redrive?: unknown };
      const result = id === undefined ? await sweep() : await redrive(String(id));
      telemetry.log.info(id === undefined ? 'Swept the jobs' : 'Redrove a job', { ...result, jobId: id });
      return result;
    });
}
