import { compress, decompress } from '@weir/archive';
import { eraseFromPayload } from '@weir/events';
import { MemberCounts, type People, type Person } from '../cohort/people.ts';
import type { RewrittenBytes } from './rewrite-object.ts';

interface QuarantineLine {
  readonly arrival: number;
  /** Base64; not there once the line was erased. */
  readonly data?: string;
  readonly [field: string]: unknown;
}

/**
 * A quarantine object whose lines about some people have lost `data`, and `detail`, which may quote it. Undefined where
 * there is none. Every other line stays as it is; one that is of several is counted for the first of them.
 */
export function eraseQuarantineLines(object: Uint8Array, people: People): RewrittenBytes | undefined {
  const items = new MemberCounts();
  const lines = Buffer.from(decompress(object)).toString().split('\n');
  const rewritten = lines.map((text) => {
    const line = text === '' ? undefined : (JSON.parse(text) as QuarantineLine);
    const person = line && personIn(line, people);
    if (!line || !person) return text;
    items.add(person.member);
    const { data: _, detail: __, ...rest } = line;
    return JSON.stringify({ ...rest, erased: true });
  });
  return items.counts.size > 0 ? { bytes: compress(Buffer.from(rewritten.join('\n'))), items } : undefined;
}

/** Whose a line is, which may hold a whole record. */
function personIn({ data, arrival }: QuarantineLine, people: People): Person | undefined {
  if (data === undefined) return undefined;
  const isErased = (userId: string) => people.find(userId, arrival) !== undefined;
  const erasure = eraseFromPayload(Buffer.from(data, 'base64'), people.users, isErased);
  if (erasure.kind === 'untouched') return undefined;
  const owners = [...erasure.events.keys()].flatMap((userId) => people.find(userId, arrival) ?? []);
  return owners.reduce((first, other) => (other.member < first.member ? other : first));
}
