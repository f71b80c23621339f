import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { blockedPort, blockedPortProblem } from '../ports/blocked-port.ts';

/** The options of `npm start`. */
export interface StartOptions {
  /** Moves every port. */
  readonly portOffset: number;
  /** Leaves the sample out. */
  readonly empty: boolean;
  /** Shows every line of the services' logs, and not only the errors. */
  readonly log: boolean;
  /** Shows what the start of each service took. */
  readonly times: boolean;
  /** The service whose process a debugger can attach to. */
  readonly inspect?: string;
}

/** The options, or the wish to see them, or one sentence that says what is wrong with them. */
export type ParsedOptions =
  | { readonly outcome: 'parsed'; readonly options: StartOptions }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'wrong'; readonly problem: string };

/** The highest of the fixed ports is 4566; with the offset it must stay below 65,536. */
const MAX_PORT_OFFSET = 60_000;

/** The answer to `--help`. scripts/start.sh shows the same file before anything is installed. */
export const START_HELP = readFileSync(new URL('./start-help.txt', import.meta.url), 'utf8').trimEnd();

const USAGE = START_HELP.split('\n')[0];

/** Reads the command line, then the environment's WEIR_PORT_OFFSET. */
export function parseStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'port-offset': { type: 'string' },
        empty: { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
        times: { type: 'boolean', default: false },
        inspect: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { outcome: 'help' };
    const offset = values['port-offset'] ?? env.WEIR_PORT_OFFSET ?? '0';
    if (!/^\d{1,5}$/.test(offset) || Number(offset) > MAX_PORT_OFFSET) {
      return {
        outcome: 'wrong',
        problem: `The port offset is ${offset}: it must be an integer from 0 to ${MAX_PORT_OFFSET}. ${USAGE}`,
      };
    }
    const portOffset = Number(offset);
    const blocked = blockedPort(portOffset);
    if (blocked !== undefined) return { outcome: 'wrong', problem: blockedPortProblem(portOffset, blocked) };
    return {
      outcome: 'parsed',
      options: { portOffset, empty: values.empty, log: values.log, times: values.times, ...inspected(values.inspect) },
    };
  } catch (error) {
    return { outcome: 'wrong', problem: `${error instanceof Error ? error.message : error}. ${USAGE}` };
  }
}

function inspected(service: string | undefined): Pick<StartOptions, 'inspect'> {
  return service === undefined ? {} : { inspect: service };
}
