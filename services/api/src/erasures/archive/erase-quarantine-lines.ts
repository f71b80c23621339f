import { compress, decompress } from '@weir/archive';
import { eraseFromPayload } from '@weir/events';
import { MemberCounts, type People, type Person } from '../cohort/people.ts';
import type { RewrittenBytes } from './rewrite-object.ts';

interface QuarantineLine {
  readonly arrival: number;
  /** Base64; missing after the line was erased. */
  readonly data?: string;
  readonly [field: string]: unknown;
}

/**
 * Erases users' lines from a quarantine object: `data`, and `detail`, which may quote it. Undefined if there are none.
 * All other lines stay unchanged. A line of several users is counted for the first of them.
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

/** The user to whom a line belongs. A line may have a whole record. */
function personIn({ data, arrival }: QuarantineLine, people: People): Person | undefined {
  if (data === undefined) return undefined;
  const isErased = (userId: string) => people.find(userId, arrival) !== undefined;
  const erasure = eraseFromPayload(Buffer.from(data, 'base64'), people.users, isErased);
  if (erasure.kind === 'untouched') return undefined;
  const owners = [...erasure.events.keys()].flatMap((userId) => people.find(userId, arrival) ?? []);
  return owners.reduce((first, other) => (other.member < first.member ? other : first));
}
