/** Begins an error of esbuild. The line after it names the file. */
const BUILD_ERROR = '✘ ';
/** Begins an error of the framework, and what a function threw. */
const ERROR = /^[×✖] /;
const BELONGS = /^(\s|$)/;
/** Lines of a stack below the function. */
const EMULATOR = /^\s+at .*(node_modules\/serverless-offline\/|node:internal\/)/;

/**
 * Passes on the errors among the lines of a service's log: those of esbuild, what functions throw, and what they log as an
 * error. Paths below `rootDir` are shortened.
 */
export function createErrorLines(rootDir: string, write: (line: string) => void): (line: string) => void {
  const firstOfItsKind = createBuildErrors();
  let within = false;
  const show = (line: string): void => {
    if (line.trim() !== '' && !EMULATOR.test(line)) write(line.replaceAll('file://', '').replaceAll(rootDir, ''));
  };
  return (line) => {
    within = line.startsWith(BUILD_ERROR) || ERROR.test(line) || (within && BELONGS.test(line));
    if (within) for (const own of firstOfItsKind(line)) show(own);
    for (const logged of loggedError(line)) show(logged);
  };
}

/** Leaves out what one build says again: esbuild reports an error once for each function that contains the file. */
function createBuildErrors(): (line: string) => readonly string[] {
  const said = new Set<string>();
  let held: string | undefined;
  let isAgain = false;
  return (line) => {
    const before = held === undefined ? [] : [held];
    if (line.startsWith(BUILD_ERROR)) {
      held = line;
      isAgain = false;
      return before;
    }
    if (ERROR.test(line)) {
      said.clear();
      isAgain = false;
    } else if (held !== undefined && line.trim() !== '') {
      isAgain = said.has(held + line);
      said.add(held + line);
    }
    if (line.trim() === '') return [];
    held = undefined;
    return isAgain ? [] : [...before, line];
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
