import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const PAUSE_MS = 200;
const CHUNK_BYTES = 65_536;

/** A file that is being followed. */
export interface FollowedFile {
  /** Hands over the lines that have been added. */
  read(): void;
  /** Reads once more, and ends. */
  close(): void;
}

/** Hands over each line that another process adds to the file, soon after it is complete; first the lines from byte `at` on. */
export function followFile(path: string, onLine: (line: string) => void, at = 0): FollowedFile {
  const file = openSync(path, 'r');
  const decoder = new StringDecoder('utf8');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let position = at;
  let begun = '';
  const read = (): void => {
    // Somebody has emptied it.
    if (fstatSync(file).size < position) position = 0;
    for (let count = readSync(file, chunk, 0, CHUNK_BYTES, position); count > 0; ) {
      position += count;
      const lines = (begun + decoder.write(chunk.subarray(0, count))).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      count = readSync(file, chunk, 0, CHUNK_BYTES, position);
    }
  };
  const timer = setInterval(read, PAUSE_MS);
  timer.unref();
  return {
    read,
    close: () => {
      clearInterval(timer);
      read();
      closeSync(file);
    },
  };
}
