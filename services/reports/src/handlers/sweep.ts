import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createSweepHandler } from '../jobs/lambda/sweep-handler.ts';

const config = readConfig(runtimeFields);

/** Fails jobs that stand still, and begins those whose record was lost. */
export const handler = createSweepHandler(createTelemetry(config), async () => ({}));
