/**
 * The texts of the elements of `events` in a body that `JSON.parse` accepted and whose `events` is an array. Weir stores
 * an event as it was sent: numbers past 2^53, escapes and keys like `__proto__` would change if they were written again.
 * If `events` occurs several times, the last one counts, as in `JSON.parse`.
 */
export function sliceEvents(text: string): string[] {
  let slices: string[] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text.charAt(at) === '"') {
    const keyEnd = skipString(text, at);
    const isEvents = JSON.parse(text.slice(at, keyEnd)) === 'events';
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (isEvents && text.charAt(start) === '[') slices = sliceArray(text, start);
    const end = skipValue(text, start);
    at = skipSpace(text, text.charAt(end) === ',' ? end + 1 : end);
  }
  return slices;
}

/** The position after the white space at `at`. */
function skipSpace(text: string, at: number): number {
  let next = at;
  while (/[ \t\n\r]/.test(text.charAt(next))) next += 1;
  return next;
}

/** The position after the string that begins at `at`. */
function skipString(text: string, at: number): number {
  let next = at + 1;
  for (;;) {
    const quote = text.indexOf('"', next);
    let slashes = 0;
    while (text.charAt(quote - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    next = quote + 1;
  }
}

function sliceArray(text: string, start: number): string[] {
  const slices: string[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) !== ']') {
    const end = skipValue(text, at);
    slices.push(text.slice(at, end).trimEnd());
    at = skipSpace(text, text.charAt(end) === ',' ? end + 1 : end);
  }
  return slices;
}

/**
 * The position after the value that begins at `at`. It counts brackets instead of recursing, so nesting may have any
 * depth.
 */
function skipValue(text: string, at: number): number {
  const stop = /["{}[\],]/g;
  let depth = 0;
  let next = at;
  for (;;) {
    stop.lastIndex = next;
    const found = stop.exec(text);
    if (!found) return text.length;
    const char = found[0];
    const isClose = char === '}' || char === ']';
    if (depth === 0 && (isClose || char === ',')) return found.index;
    next = char === '"' ? skipString(text, found.index) : found.index + 1;
    if (char === '{' || char === '[') depth += 1;
    if (isClose) depth -= 1;
  }
}
