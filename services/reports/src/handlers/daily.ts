import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createDailyHandler } from '../daily/daily-handler.ts';

const config = readConfig(runtimeFields);

/** Makes the reports of the days that have ended. */
export const handler = createDailyHandler({
  telemetry: createTelemetry(config),
  reportDueDays: async () => ({ reports: [] }),
});
