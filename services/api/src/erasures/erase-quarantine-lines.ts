import { compress, decompress } from '@weir/archive';
import { eraseFromPayload } from '@weir/events';
import type { Person } from './erase-deps.ts';
import type { RewrittenBytes } from './rewrite-object.ts';

interface QuarantineLine {
  readonly arrival: number;
  /** Base64; not there once the line was erased. */
  readonly data?: string;
  readonly [field: string]: unknown;
}

/**
 * A quarantine object whose lines about a person have lost `data`, and `detail`, which may quote it. Undefined where
 * there is none. Every other line stays as it is.
 */
export function eraseQuarantineLines(object: Uint8Array, person: Person): RewrittenBytes | undefined {
  let items = 0;
  const lines = Buffer.from(decompress(object)).toString().split('\n');
  const rewritten = lines.map((text) => {
    const erased = text === '' ? undefined : eraseLine(JSON.parse(text) as QuarantineLine, person);
    if (erased !== undefined) items++;
    return erased ?? text;
  });
  return items > 0 ? { bytes: compress(Buffer.from(rewritten.join('\n'))), items } : undefined;
}

function eraseLine(line: QuarantineLine, { userId, until }: Person): string | undefined {
  const { data, detail: _, ...rest } = line;
  if (data === undefined || line.arrival >= until) return undefined;
  if (eraseFromPayload(Buffer.from(data, 'base64'), userId).kind === 'untouched') return undefined;
  return JSON.stringify({ ...rest, erased: true });
}
