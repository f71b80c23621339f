import { stateProblem } from '../data-dir/state-problem.ts';
import { unwritableProblem } from './unwritable-problem.ts';

const WHAT_TO_DO =
  'If you have changed nothing, the installation is broken: remove the folder node_modules and run npm start again.';

/** Error codes of a file that is missing, cut short or of another version; none of our own errors has one. */
const BROKEN_CODE = /SyntaxError|TypeError|ReferenceError|Cannot find (module|package)|ERR_[A-Z_]+/;

/** The framework writes it above the message of an error that ends it. */
const FRAMEWORK_ERROR = 'Error:';

/** An unexpected error without its stack, with what to do if program files look broken. */
export function unexpectedProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const unwritable = unwritableProblem(error);
  if (unwritable !== undefined) return unwritable;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return stateProblem('Weir', error.message) ?? error.message;
  if (!BROKEN_CODE.test(`${error.name} ${code}`)) return error.message;
  // A file that cannot be parsed is named only there.
  const [file] = /^file:.*$/m.exec(error.stack?.split('\n', 1)[0] ?? '') ?? [];
  return `${error.message}${file === undefined ? '' : ` (${file})`}\n${WHAT_TO_DO}`;
}

/**
 * The last lines that a program wrote, without the stacks, with what to do if its files look broken. Of an error of the
 * framework, only its message.
 */
export function lastWords(output: string, count = 15): string {
  const written = output
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const lines = written.slice(written.lastIndexOf(FRAMEWORK_ERROR) + 1).slice(-count);
  // What a function throws outside of its calls says nothing about the installation.
  const canBeBroken = !written.some((line) => line.includes('Uncaught exception'));
  return (canBeBroken && lines.some((line) => BROKEN_CODE.test(line)) ? [...lines, WHAT_TO_DO] : lines).join('\n');
}
