/** Begins an error of the framework, of a build, and what a function threw. */
const ERROR = /^[×✖] /;
/** What `bundles/` says when a build is good again. */
const BUILT = /^✔ Built again/;
/** What an event source says of records that go to a dead-letter queue, or nowhere. */
const GIVEN_UP = /: Gave up /;
const BELONGS = /^(\s|$)/;
/** Lines of a stack below the function. */
const EMULATOR = /^\s+at .*(node_modules\/serverless-offline\/|node:internal\/)/;

/** Takes the lines of a service's log. */
export type TakeLine = (line: string) => void;

/**
 * Passes on the errors among the lines of a log: those of builds, what functions throw, what they log as an error, and what
 * event sources have given up. Paths below `rootDir` are shortened.
 */
export function createErrorLines(rootDir: string, write: TakeLine): TakeLine {
  const show = createShortLines(rootDir, write);
  let within = false;
  return (line) => {
    within = ERROR.test(line) || (within && BELONGS.test(line));
    if (within || BUILT.test(line) || GIVEN_UP.test(line)) show(line);
    const logged = parse(line);
    if (logged?.level !== 'ERROR') return;
    show(`× ${logged.service ?? 'function'}: ${logged.message ?? ''}`);
    for (const stackLine of stackOf(logged)) show(stackLine);
  };
}

/** Passes on every line, and the stack in a logged error in lines of its own; paths below `rootDir` are shortened. */
export function createAllLines(rootDir: string, write: TakeLine): TakeLine {
  const show = createShortLines(rootDir, write);
  return (line) => {
    const logged = parse(line);
    const { stack, ...error } = logged?.error ?? {};
    if (line === '' || stack === undefined) return line === '' ? write('') : show(line);
    show(JSON.stringify({ ...logged, error }));
    for (const stackLine of stackOf(logged)) show(stackLine);
  };
}

function createShortLines(rootDir: string, write: TakeLine): TakeLine {
  return (line) => {
    if (line.trim() !== '' && !EMULATOR.test(line)) write(line.replaceAll('file://', '').replaceAll(rootDir, ''));
  };
}

interface LoggedLine {
  readonly level?: string;
  readonly service?: string;
  readonly message?: string;
  readonly error?: { readonly name?: string; readonly message?: string; readonly stack?: string };
}

/** The stack of an error that a function has logged, in lines. */
function stackOf({ error }: LoggedLine = {}): string[] {
  if (error === undefined) return [];
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return stack.split('\n').map((text) => `    ${text}`);
}

/** What a function has logged as JSON; undefined if the line is anything else. */
function parse(line: string): LoggedLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
