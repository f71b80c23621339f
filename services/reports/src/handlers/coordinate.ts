import { randomUUID } from 'node:crypto';
import { readConfig } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { jobFields, openJobs } from '../aws/open-jobs.ts';
import { cleanUpJob } from '../jobs/clean-up-job.ts';
import { coordinateKey } from '../jobs/coordinate-key.ts';
import { createCoordinateHandler } from '../jobs/lambda/coordinate-handler.ts';

const config = readConfig(jobFields);
const telemetry = createTelemetry(config);
const jobs = openJobs(config, { meter: telemetry.meter, now: () => Date.now(), newCut: randomUUID });

/** Begins the jobs that a key may run, when one is made or has ended. */
export const handler = createCoordinateHandler(telemetry, {
  coordinate: (keyId) => coordinateKey(jobs, keyId),
  cleanUp: (id) => cleanUpJob(jobs, id),
});
