import { statSync } from 'node:fs';
import { watchSettings } from './changed-settings.ts';
import { createAllLines, createErrorLines } from './error-lines.ts';
import { followFile } from './follow-file.ts';

/** A program's log, under the program's name. */
export interface NamedLog {
  readonly name: string;
  readonly logFile: string;
}

/** What a developer sees of the running services. */
export interface ShownWork {
  /** With a slash at its end. */
  readonly rootDir: string;
  readonly logs: readonly NamedLog[];
  /** Shows every line that is added to the logs, and not only the errors. */
  readonly wholeLog: boolean;
  readonly write: (line: string) => void;
}

/**
 * Shows errors of the services (or all that they write) as they come, and says when a changed file needs a restart; returns
 * the end of that.
 */
export function showWork({ rootDir, logs, wholeLog, write }: ShownWork): () => void {
  const followed = logs.map(({ name, logFile }) => {
    const show = (line: string): void => write(`${name}  ${line}`);
    if (wholeLog) return followFile(logFile, createAllLines(rootDir, show), statSync(logFile).size);
    return followFile(logFile, createErrorLines(rootDir, show));
  });
  const endWatching = watchSettings(rootDir, (paths) => write(restartLine(paths)));
  return () => {
    endWatching();
    for (const file of followed) file.close();
  };
}

function restartLine([first, ...more]: readonly string[]): string {
  const changed = more.length === 0 ? `${first} has` : `${first} and ${more.length} more have`;
  return `${changed} changed. The services read it only when they start: end npm start with Ctrl-C and start it again`;
}
