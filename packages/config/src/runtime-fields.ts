import { oneOf, text } from './field.ts';

/** The lowest level that is logged; SILENT is for tests. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';

const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'];

/** The values that serverless.common.yml gives every function: spread them into a service's own fields. */
export const runtimeFields = {
  stage: text('WEIR_STAGE'),
  service: text('WEIR_SERVICE'),
  logLevel: oneOf('WEIR_LOG_LEVEL', LOG_LEVELS, { fallback: 'INFO' }),
};
