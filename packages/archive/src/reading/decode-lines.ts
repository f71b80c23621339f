import { DamagedArchiveObject } from './archive-faults.ts';
import { type ArchiveLine, archiveLine } from './archive-line.ts';

const NEW_LINE = 0x0a;

/** Where a block of lines is. */
export interface BlockPlace {
  readonly key: string;
  /** The lines of the object before the block. */
  readonly linesBefore: number;
}

/** Reads a block of whole lines. Throws `DamagedArchiveObject` if a line cannot be read. Hot: all lines are parsed at once. */
export function decodeLines(block: Buffer, place: BlockPlace): ArchiveLine[] {
  const end = block.at(-1) === NEW_LINE ? block.length - 1 : block.length;
  const text = block.toString('utf8', 0, end);
  try {
    // A line has no line break inside: JSON has none in strings, and the consumer replaced those between the tokens.
    const parsed = JSON.parse(`[${text.replaceAll('\n', ',')}]`) as unknown[];
    if (parsed.length === countLines(block, end)) return parsed.map(archiveLine);
  } catch {
    // Below, the lines are read one by one, to find the first one that cannot be read.
  }
  return text.split('\n').map((line, i) => decodeLine(line, place, i));
}

function countLines(block: Buffer, end: number): number {
  let lines = 1;
  for (let at = block.indexOf(NEW_LINE); at >= 0 && at < end; at = block.indexOf(NEW_LINE, at + 1)) lines++;
  return lines;
}

function decodeLine(line: string, { key, linesBefore }: BlockPlace, i: number): ArchiveLine {
  try {
    return archiveLine(JSON.parse(line));
  } catch (error) {
    throw new DamagedArchiveObject(key, linesBefore + i + 1, error);
  }
}
