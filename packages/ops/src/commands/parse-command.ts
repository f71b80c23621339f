import { type ParseArgsConfig, parseArgs } from 'node:util';
import { optionProblem } from '@weir/command-line';
import type { AuditCommand } from './run-audit.ts';
import type { RedriveCommand } from './run-redrive.ts';
import type { ReportCommand } from './run-report.ts';

/** A command for a stage. */
export type OpsCommand =
  | ({ readonly name: 'report' } & ReportCommand)
  | ({ readonly name: 'redrive' } & RedriveCommand)
  | { readonly name: 'redrive-notifications'; readonly stage: string }
  | ({ readonly name: 'audit' } & AuditCommand);

/** The command, or the wish to see all of them, or one sentence that says what is wrong. */
export type ParsedCommand =
  | { readonly outcome: 'parsed'; readonly command: OpsCommand }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'wrong'; readonly problem: string };

const USAGES = {
  report: 'npm run ops -- report --date YYYY-MM-DD [--stage STAGE]',
  redrive: 'npm run ops -- redrive reports|notifications [--job ID] [--stage STAGE]',
  audit: 'npm run ops -- audit --from YYYY-MM-DD --to YYYY-MM-DD [--stage STAGE]',
} as const;

/** The answer to `--help`. */
export const OPS_HELP = `Usage: ${Object.values(USAGES).join('\n       ')}

report           makes the daily report of a date, or a revision if its figures have changed
redrive          reports: opens the jobs again that have dead letters, tries their parts again, and empties the queues;
                 notifications: sends webhooks again, and announcements of reports, that have dead letters
audit            compares what readers see of these days with the archive, and says for each day whether they agree

  --date YYYY-MM-DD  the day, by the clocks of the stage's time zone; it must have ended
  --from, --to       the first and the last day, by the same clocks; both must have ended
  --job ID           of reports: only this failed job, which needs no dead letters
  --stage STAGE      the stage; without it the one of this machine, which npm start runs

For a stage in AWS it uses your AWS credentials and your region (AWS_REGION).`;

type Values = Readonly<Record<string, string | boolean | undefined>>;
type Options = NonNullable<ParseArgsConfig['options']>;

interface CommandSyntax {
  /** The words that may follow the name. */
  readonly subjects: readonly string[];
  readonly options: Options;
  /** Reads the values of a command, or says what is wrong with them. */
  readonly read: (values: Values, stage: string, subject: string) => OpsCommand | string;
}

const COMMANDS: Readonly<Record<keyof typeof USAGES, CommandSyntax>> = {
  report: { subjects: [''], options: { date: { type: 'string' } }, read: readReport },
  redrive: { subjects: ['reports', 'notifications'], options: { job: { type: 'string' } }, read: readRedrive },
  audit: { subjects: [''], options: { from: { type: 'string' }, to: { type: 'string' } }, read: readAudit },
};

/** Reads the command line. */
export function parseCommand(args: readonly string[]): ParsedCommand {
  const [name = ''] = args;
  if (args.length === 0 || ['--help', '-h'].includes(name)) return { outcome: 'help' };
  if (!isCommand(name)) return wrong(`There is no command "${name.startsWith('-') ? '' : name}".`);
  const { subjects, options, read } = COMMANDS[name];
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(1),
      allowPositionals: true,
      options: withCommon(options),
    });
    if (values.help === true) return { outcome: 'help' };
    const subject = positionals.join(' ');
    if (!subjects.includes(subject)) return wrong(`There is no command "${[name, ...positionals].join(' ')}".`, name);
    const command = read(values as Values, String(values.stage), subject);
    return typeof command === 'string' ? wrong(command, name) : { outcome: 'parsed', command };
  } catch (error) {
    return wrong(`${optionProblem(error, withCommon(options))}.`, name);
  }
}

function withCommon(options: Options): Options {
  const help = { type: 'boolean', short: 'h', default: false } as const;
  return { ...options, stage: { type: 'string', default: 'local' }, help };
}

function isCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

function wrong(sentence: string, command?: keyof typeof COMMANDS): ParsedCommand {
  const usages = command === undefined ? Object.values(USAGES) : [USAGES[command]];
  return { outcome: 'wrong', problem: `${sentence} Usage: ${usages.join(', or ')}` };
}

function readReport({ date }: Values, stage: string): OpsCommand | string {
  if (date === undefined) return 'The date is missing.';
  if (!isDate(String(date))) return noDate(date);
  return { name: 'report', date: String(date), stage };
}

function readRedrive({ job }: Values, stage: string, subject: string): OpsCommand | string {
  if (subject === 'notifications') {
    return job === undefined ? { name: 'redrive-notifications', stage } : 'Only reports have jobs: leave --job out.';
  }
  if (job === undefined) return { name: 'redrive', stage };
  if (!/^[a-z]+-[\w-]+$/.test(String(job))) return `"${job}" is no id of a job: GET /v1/reports lists them.`;
  return { name: 'redrive', job: String(job), stage };
}

function readAudit({ from, to }: Values, stage: string): OpsCommand | string {
  if (from === undefined) return 'The first day is missing: name it by --from.';
  if (to === undefined) return 'The last day is missing: name it by --to.';
  for (const date of [from, to]) if (!isDate(String(date))) return noDate(date);
  if (from > to) return `${from} is later than ${to}: name the first day by --from and the last one by --to.`;
  return { name: 'audit', from: String(from), to: String(to), stage };
}

function noDate(date: string | boolean): string {
  return `"${date}" is no date: write it as 2026-01-31.`;
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 31 April for 1 May.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
