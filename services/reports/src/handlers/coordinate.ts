import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createCoordinateHandler } from '../jobs/lambda/coordinate-handler.ts';

const config = readConfig(runtimeFields);

/** Begins the jobs that a key may run, when one is made or has ended. */
export const handler = createCoordinateHandler(createTelemetry(config), {
  coordinate: async () => undefined,
  cleanUp: async () => undefined,
});
