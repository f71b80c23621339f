/** Begins an error of esbuild (✘), and one of the framework, with what a function threw (×). */
const BEGINS = /^[✘×✖] /;
const BELONGS = /^(\s|$)/;
/** Lines of a stack below the function. */
const EMULATOR = /^\s+at .*(node_modules\/serverless-offline\/|node:internal\/)/;

/**
 * Passes on the errors among the lines of a service's log: those of esbuild, what functions throw, and what they log as an
 * error. Paths below `rootDir` are shortened.
 */
export function createErrorLines(rootDir: string, write: (line: string) => void): (line: string) => void {
  let within = false;
  const show = (line: string): void => {
    if (line.trim() !== '' && !EMULATOR.test(line)) write(line.replaceAll('file://', '').replaceAll(rootDir, ''));
  };
  return (line) => {
    within = BEGINS.test(line) || (within && BELONGS.test(line));
    if (within) show(line);
    for (const logged of loggedError(line)) show(logged);
  };
}

interface LoggedLine {
  readonly level?: string;
  readonly service?: string;
  readonly message?: string;
  readonly error?: { readonly name?: string; readonly message?: string; readonly stack?: string };
}

/** The lines of an error that a function has logged as JSON; none if the line is anything else. */
function loggedError(line: string): string[] {
  const parsed = parse(line);
  if (parsed?.level !== 'ERROR') return [];
  const { service = 'function', message = '', error } = parsed;
  const head = `× ${service}: ${message}`;
  if (error === undefined) return [head];
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return [head, ...stack.split('\n').map((text) => `    ${text}`)];
}

function parse(line: string): LoggedLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
