import { oneOf, text } from './field.ts';

/** How much is logged; SILENT is for tests. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';

const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'];

/** What serverless.common.yml tells every function: spread it into a service's own fields. */
export const runtimeFields = {
  stage: text('WEIR_STAGE'),
  service: text('WEIR_SERVICE'),
  logLevel: oneOf('WEIR_LOG_LEVEL', LOG_LEVELS, { fallback: 'INFO' }),
};
