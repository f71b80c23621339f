import type { ParseArgsConfig } from 'node:util';

/**
 * What is wrong with an option, by the error that `parseArgs` has thrown, and which options there are. Node's own sentence
 * speaks of positional arguments.
 */
export function optionProblem(error: unknown, options: NonNullable<ParseArgsConfig['options']>): string {
  const { message, code } = error as Error & { readonly code?: string };
  const [, option = ''] = /'(-[^\s',=]+)/.exec(message) ?? [];
  const names = Object.keys(options).map((name) => `--${name}`);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}: there are ${names.join(', ')}`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return options[option.slice(2)]?.type === 'string' ? `The value of ${option} is missing` : `${option} takes no value`;
}
