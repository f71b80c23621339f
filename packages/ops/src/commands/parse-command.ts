import { parseArgs } from 'node:util';

/** A command for a stage. */
export interface OpsCommand {
  readonly name: 'report';
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly stage: string;
}

/** The command, or the wish to see all of them, or one sentence that says what is wrong. */
export type ParsedCommand =
  | { readonly outcome: 'parsed'; readonly command: OpsCommand }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'wrong'; readonly problem: string };

const USAGE = 'Usage: npm run ops -- report --date YYYY-MM-DD [--stage STAGE]';

/** The answer to `--help`. */
export const OPS_HELP = `${USAGE}

report   makes the daily report of a date, or a revision if its figures have changed

  --date YYYY-MM-DD  the day, by the clocks of the stage's time zone; it must have ended
  --stage STAGE      the stage; without it the one of this machine, which npm start runs

For a stage in AWS it uses your AWS credentials and your region (AWS_REGION).`;

/** Reads the command line. */
export function parseCommand(args: readonly string[]): ParsedCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        date: { type: 'string' },
        stage: { type: 'string', default: 'local' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { date, stage, help } = values;
    if (help || args.length === 0) return { outcome: 'help' };
    const [name, ...others] = positionals;
    if (name !== 'report' || others.length > 0) return wrong(`There is no command "${positionals.join(' ')}".`);
    if (date === undefined) return wrong('The date is missing.');
    if (!isDate(date)) return wrong(`"${date}" is no date: write it as 2026-01-31.`);
    return { outcome: 'parsed', command: { name, date, stage } };
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message : error}.`);
  }
}

function wrong(sentence: string): ParsedCommand {
  return { outcome: 'wrong', problem: `${sentence} ${USAGE}` };
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 31 April for 1 May.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
