import { type CommandSyntax, type Given, type Options, parseOptions, type Values } from './parse-options.ts';

/** A command that somebody runs in a terminal. */
export interface Command<O extends Options, R extends keyof O> extends CommandSyntax<O, R> {
  /** Does it, and answers with the exit code. Throws an Error with one sentence if it cannot. */
  readonly run: (given: Given<Values<O, R>>) => Promise<number> | number;
}

/** The part of `process` that a command writes to. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
}

/**
 * Reads the arguments and runs a command. `--help` prints its help; a wrong argument, and an error, one sentence on
 * standard error, with the exit code 1.
 */
export async function runCommand<const O extends Options, const R extends keyof O = never>(
  command: Command<O, R>,
  args: readonly string[],
  terminal: Terminal = process,
): Promise<void> {
  const parsed = parseOptions(command, args);
  if (parsed.outcome === 'help') {
    terminal.stdout.write(`${command.help}\n`);
    return;
  }
  try {
    if (parsed.outcome === 'wrong') throw new Error(parsed.problem);
    terminal.exitCode = await command.run(parsed.given);
  } catch (error) {
    terminal.stderr.write(`${(error as Error).message}\n`);
    terminal.exitCode = 1;
  }
}
