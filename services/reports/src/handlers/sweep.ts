import { randomUUID } from 'node:crypto';
import { integer, readConfig } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { jobFields, openJobs } from '../aws/open-jobs.ts';
import { answerRedrive } from '../jobs/lambda/redrive-answer.ts';
import { createSweepHandler } from '../jobs/lambda/sweep-handler.ts';
import { sweepJobs } from '../jobs/sweep-jobs.ts';

const config = readConfig({ ...jobFields, stalledSeconds: integer('WEIR_JOB_STALLED_SECONDS', { min: 1 }) });
const telemetry = createTelemetry(config);
const jobs = openJobs(config, { meter: telemetry.meter, now: () => Date.now(), newCut: randomUUID });

/** Fails jobs that stand still, and begins those whose record was lost; or opens a failed job again. */
export const handler = createSweepHandler(telemetry, {
  sweep: () => sweepJobs(jobs, { stalledAfterMs: config.stalledSeconds * 1000 }),
  redrive: (id) => answerRedrive(jobs, id),
});
