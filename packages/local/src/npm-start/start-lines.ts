import { readFileSync } from 'node:fs';
import type { NamedLog } from '../developing/show-work.ts';
import { START_LINE } from '../plugin/start-times.ts';

/** What each service's log says of its start, under the service's name. */
export function startLines(logs: readonly NamedLog[]): readonly string[] {
  return logs.flatMap(({ name, logFile }) =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(START_LINE))
      .map((line) => `${name}  ${line}`),
  );
}
