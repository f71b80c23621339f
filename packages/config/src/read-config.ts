import { ConfigError } from './config-error.ts';
import type { Environment, Field } from './field.ts';

/** The parts of a configuration: how to read each of its values. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The configuration that `Fields` describe. */
export type Config<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Reads all fields, once, into a frozen object; throws one ConfigError with every problem found. */
export function readConfig<F extends Fields>(fields: F, env: Environment = process.env): Config<F> {
  const values: [string, unknown][] = [];
  const problems: string[] = [];
  for (const [key, read] of Object.entries(fields)) {
    const result = read(env);
    if (result.ok) values.push([key, result.value]);
    else problems.push(result.problem);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(Object.fromEntries(values)) as Config<F>;
}
