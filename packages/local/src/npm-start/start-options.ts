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

const USAGE = 'Usage: npm start -- [--port-offset N] [--empty] [--log] [--inspect SERVICE] [--help]';

/** The answer to `--help`. */
export const START_HELP = `${USAGE}

Starts Weir on this machine: the local AWS, the services and the API. Ctrl-C ends everything.

  --port-offset N    moves every port by N; set WEIR_PORT_OFFSET=N for every other program
  --empty            leaves the sample out
  --log              shows every line of the services' logs as it comes, and not only the errors
  --inspect SERVICE  lets a debugger attach to the functions of services/SERVICE, on port 9229
  --help             shows this

Environment:
  WEIR_PORT_OFFSET      the same as --port-offset
  WEIR_STATE_DIR        the folder of the state and the logs, instead of .weir
  WEIR_REDIS_URL        your own Redis, for limits and cached answers
  WEIR_CORS_ORIGINS     origins whose pages may call the API, with commas between
  WEIR_LOCAL_HOSTS      further names of this machine, with commas between
  WEIR_DYNAMODB_ENGINE  what the tables run on: dynoxide or dynamodb-local

More is in docs/local.md.`;

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
      options: { portOffset, empty: values.empty, log: values.log, ...inspected(values.inspect) },
    };
  } catch (error) {
    return { outcome: 'wrong', problem: `${error instanceof Error ? error.message : error}. ${USAGE}` };
  }
}

function inspected(service: string | undefined): Pick<StartOptions, 'inspect'> {
  return service === undefined ? {} : { inspect: service };
}
