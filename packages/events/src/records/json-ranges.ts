/** Bytes from `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** Where the bytes are without the white space of JSON (space, tab, line feed, carriage return) around them. */
export function trimBlank(bytes: Uint8Array, { start, end }: Range): Range {
  let first = start;
  let last = end;
  while (first < last && isBlank(bytes[first])) first++;
  while (last > first && isBlank(bytes[last - 1])) last--;
  return { start: first, end: last };
}

/** The lines that are not empty, trimmed; stops when there are more than `limit`. */
export function lineRanges(bytes: Uint8Array, limit: number): Range[] {
  const lines: Range[] = [];
  for (let start = 0; start < bytes.length && lines.length <= limit; ) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const line = trimBlank(bytes, { start, end });
    if (line.end > line.start) lines.push(line);
    start = end + 1;
  }
  return lines;
}

/** Where the elements of an array are, trimmed. `range` is the array with its brackets, known to be JSON. */
export function elementRanges(bytes: Uint8Array, range: Range): Range[] {
  const elements: Range[] = [];
  const last = range.end - 1;
  let start = range.start + 1;
  let depth = 0;
  for (let at = start; at < last; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA && depth === 0) {
      elements.push(trimBlank(bytes, { start, end: at }));
      start = at + 1;
    } else depth += depthOf(byte);
  }
  const rest = trimBlank(bytes, { start, end: last });
  if (rest.end > rest.start) elements.push(rest);
  return elements;
}

/** Where the quotation mark is that ends the string which begins at `at`. */
function endOfString(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (bytes[next] !== QUOTE) next += bytes[next] === BACKSLASH ? 2 : 1;
  return next;
}

/** `[` and `{` open, `]` and `}` close. Apart from the bit 0x20, they are 0x7b and 0x7d. */
function depthOf(byte: number): number {
  const folded = byte | 0x20;
  if (folded === 0x7b) return 1;
  return folded === 0x7d ? -1 : 0;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}
