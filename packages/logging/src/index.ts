export type { LogFields, Logger, Meter, MetricUnit } from './ports.ts';
export { silentLog, silentMeter } from './silent.ts';
export type { Invocation, Telemetry, TelemetryConfig } from './telemetry.ts';
export { createTelemetry } from './telemetry.ts';
export type { Annotations } from './x-ray/annotate-call.ts';
export { batchOutcome } from './x-ray/batch-outcome.ts';
