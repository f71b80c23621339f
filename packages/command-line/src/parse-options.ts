import { parseArgs } from 'node:util';
import { optionProblem } from './option-problem.ts';

/** The options of a command, without dashes. A `boolean` takes no value. */
export type Options = Readonly<
  Record<string, { readonly type: 'string'; readonly default?: string } | { readonly type: 'boolean' }>
>;

/** What a command takes. */
export interface CommandSyntax<O extends Options, R extends keyof O> {
  /** What `--help` prints. Its first line, `Usage: npm run …`, ends each sentence that says what is wrong. */
  readonly help: string;
  readonly options?: O;
  /** The options that must be given. */
  readonly required?: readonly R[];
  /** Names of the words beside the options; all must be given. The last one takes more than one word if it ends in `…`. */
  readonly words?: readonly string[];
  /** Whether anything may follow `--`. */
  readonly takesRest?: boolean;
}

/** The values of options, by their names. Only those with a default, and those that must be given, are always there. */
export type Values<O extends Options, R extends keyof O> = {
  readonly [K in keyof O]: O[K] extends { readonly type: 'string' }
    ? O[K] extends { readonly default: string }
      ? string
      : K extends R
        ? string
        : string | undefined
    : boolean;
};

/** What a command is given. */
export interface Given<V> {
  readonly values: V;
  /** The words beside the options. */
  readonly words: readonly string[];
  /** What follows `--`. */
  readonly rest: readonly string[];
}

/** What a command is given, or the wish for help, or one sentence that says what is wrong. */
export type ParsedOptions<V> =
  | { readonly outcome: 'parsed'; readonly given: Given<V> }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'wrong'; readonly problem: string };

const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

/** Reads the command line, as `npm run` hands it on. */
export function parseOptions<O extends Options, R extends keyof O = never>(
  syntax: CommandSyntax<O, R>,
  args: readonly string[],
): ParsedOptions<Values<O, R>> {
  const options = { ...syntax.options, ...HELP_OPTION };
  const end = syntax.takesRest && args.includes('--') ? args.indexOf('--') : args.length;
  try {
    const { values, positionals } = parseArgs({ args: args.slice(0, end), allowPositionals: true, options });
    if (values.help === true) return { outcome: 'help' };
    const missing = (syntax.required ?? []).find((name) => !(values as Record<PropertyKey, unknown>)[name]);
    const problem =
      missing === undefined ? wordProblem(syntax.words ?? [], positionals) : `--${String(missing)} is missing`;
    if (problem !== undefined) return wrong(syntax.help, problem);
    const all = { ...flagsOf(syntax.options ?? {}), ...values } as unknown as Values<O, R>;
    return { outcome: 'parsed', given: { values: all, words: positionals, rest: args.slice(end + 1) } };
  } catch (error) {
    return wrong(syntax.help, optionProblem(error, options));
  }
}

/** A flag that is not given is false. */
function flagsOf(options: Options): Readonly<Record<string, false>> {
  const flags = Object.keys(options).filter((name) => options[name]?.type === 'boolean');
  return Object.fromEntries(flags.map((name) => [name, false]));
}

function wordProblem(names: readonly string[], words: readonly string[]): string | undefined {
  const missing = names[words.length];
  if (missing !== undefined) return `${missing} is missing`;
  const isMore = words.length > names.length && !names.at(-1)?.endsWith('…');
  return isMore ? `"${words[names.length]}" is one word too many` : undefined;
}

function wrong(help: string, problem: string): { readonly outcome: 'wrong'; readonly problem: string } {
  return { outcome: 'wrong', problem: `${problem}. ${help.split('\n', 1)[0]}` };
}
