export type { CallTrace } from './call-trace.ts';
export { readCallTrace } from './call-trace.ts';
export { ConfigError } from './config-error.ts';
export type { Environment, Field, FieldResult } from './field.ts';
export { flag, integer, list, oneOf, text, url } from './field.ts';
export type { Config, Fields } from './read-config.ts';
export { readConfig } from './read-config.ts';
export type { LogLevel } from './runtime-fields.ts';
export { runtimeFields } from './runtime-fields.ts';
