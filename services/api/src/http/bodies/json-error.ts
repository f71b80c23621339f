const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

interface Scan {
  readonly text: string;
  at: number;
  expected: Expected;
  /** The brackets that are open, outermost first. */
  readonly open: string[];
}

/**
 * The position at which `text` stops being JSON, in characters from 0, or its length if it ends too early. V8 gives the
 * position only for some faults. The search is iterative, so that deep nesting cannot exhaust the stack.
 */
export function findJsonError(text: string): number {
  const scan: Scan = { text, at: 0, expected: 'value', open: [] };
  for (;;) {
    scan.at = endOf(SPACE, text, scan.at) ?? scan.at;
    if (scan.at >= text.length) return text.length;
    if (!passToken(scan, text.charAt(scan.at))) return scan.at;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function passToken(scan: Scan, char: string): boolean {
  if (scan.expected === 'nothing') return false;
  if (scan.expected.endsWith('-or-end') && (char === '}' || char === ']')) return passClose(scan, char);
  if (scan.expected === 'colon' || scan.expected === 'comma-or-end') return passMark(scan, char);
  if (scan.expected === 'value' || scan.expected === 'value-or-end') return passValue(scan, char);
  scan.expected = 'colon';
  return char === '"' && passString(scan);
}

function passClose(scan: Scan, char: string): boolean {
  if (char !== (scan.open.at(-1) === '{' ? '}' : ']')) return false;
  scan.open.pop();
  scan.at += 1;
  scan.expected = afterValue(scan);
  return true;
}

function afterValue(scan: Scan): Expected {
  return scan.open.length === 0 ? 'nothing' : 'comma-or-end';
}

function passMark(scan: Scan, char: string): boolean {
  if (scan.expected === 'colon' ? char !== ':' : char !== ',') return false;
  scan.at += 1;
  scan.expected = scan.expected === 'colon' || scan.open.at(-1) === '[' ? 'value' : 'key';
  return true;
}

function passValue(scan: Scan, char: string): boolean {
  if (char === '{' || char === '[') {
    scan.open.push(char);
    scan.expected = char === '{' ? 'key-or-end' : 'value-or-end';
    scan.at += 1;
    return true;
  }
  if (char === '"') {
    scan.expected = afterValue(scan);
    return passString(scan);
  }
  const end = endOf(LITERAL, scan.text, scan.at);
  if (end === undefined) return false;
  scan.at = end;
  scan.expected = afterValue(scan);
  return true;
}

/** Moves past a string. If there is no valid string, it returns false, and `at` is the position of the fault. */
function passString(scan: Scan): boolean {
  scan.at += 1;
  while (scan.at < scan.text.length) {
    const code = scan.text.charCodeAt(scan.at);
    if (code === 0x22) {
      scan.at += 1;
      return true;
    }
    if (code < 0x20) return false;
    if (code === 0x5c) {
      const end = endOf(ESCAPE, scan.text, scan.at);
      if (end === undefined) return false;
      scan.at = end;
    } else scan.at += 1;
  }
  return false;
}
