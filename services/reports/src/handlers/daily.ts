import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';

const telemetry = createTelemetry(readConfig(runtimeFields));

/** Makes the reports of the days that have ended. */
export const handler = (_event: unknown, context: Context) => telemetry.observe({ context }, async () => {});
