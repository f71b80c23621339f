import { appendFileSync, writeFileSync } from 'node:fs';

/**
 * Empties the file, and returns how to add lines to it. A line that cannot be written is lost, and the first one is told:
 * what runs goes on without its log.
 */
export function openLogFile(path: string, complain: (problem: string) => void): (line: string) => void {
  writeFileSync(path, '');
  let isWritable = true;
  return (line) => {
    try {
      appendFileSync(path, `${line}\n`);
      isWritable = true;
    } catch (error) {
      if (isWritable) complain(`The log lacks lines from now on: ${error instanceof Error ? error.message : error}`);
      isWritable = false;
    }
  };
}
