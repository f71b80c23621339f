import { createHash } from 'node:crypto';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type { MemberList, ObjectCounts, Pass, PassMember, PassPhase } from './passes-store.ts';

/** The one item of the pass under way. */
export const PASS_KEY: TableKey = { pk: 'erasure-pass', sk: 'newest' };
/** An item holds 400 KB, and a member takes some 50 bytes. */
const MEMBERS_PER_PART = 4_000;
/** Items that an interrupted writer leaves behind are of no use, and hold nothing of a person. */
const MEMBERS_TTL_SECONDS = 400 * 86_400;

export function membersPartition(pass: number): string {
  return `erasure-members#${pass}`;
}

export function countsPartition(pass: number): string {
  return `erasure-counts#${pass}`;
}

export function partKey(pass: number, { name }: MemberList, part: number): TableKey {
  return { pk: membersPartition(pass), sk: `${name}#${part}` };
}

/** A list of members, in as many items as it needs. Its name tells it from the list of another writer. */
export function memberItems(pass: number, members: readonly PassMember[], at: number): [MemberList, TableItem[]] {
  const texts: string[] = [];
  for (let from = 0; from < members.length; from += MEMBERS_PER_PART) {
    const part = members.slice(from, from + MEMBERS_PER_PART).map(({ id, revision }) => [id, revision]);
    texts.push(JSON.stringify(part));
  }
  const list = { name: shortHash(texts.join('\n')), parts: texts.length };
  const expiresAt = { N: `${Math.floor(at / 1000) + MEMBERS_TTL_SECONDS}` };
  return [list, texts.map((S, part) => ({ ...keyAttributes(partKey(pass, list, part)), members: { S }, expiresAt }))];
}

export function membersOf(part: TableItem | undefined): PassMember[] {
  const members = JSON.parse(part?.members?.S ?? '[]') as [string, number][];
  return members.map(([id, revision]) => ({ id, revision }));
}

/** The counts of one object, under a name that a retry uses again. */
export function countsItem(pass: number, { place, key, counts }: ObjectCounts): TableItem {
  return {
    ...keyAttributes({ pk: countsPartition(pass), sk: shortHash(`${place} ${key}`) }),
    place: { S: place },
    key: { S: key },
    counts: { S: JSON.stringify([...counts]) },
  };
}

export function countsOf(item: TableItem): ObjectCounts {
  const counts = new Map(JSON.parse(item.counts?.S ?? '[]') as [number, number][]);
  return { place: item.place?.S ?? '', key: item.key?.S ?? '', counts };
}

/** What the item of a pass says. */
export function passOf(item: TableItem): Pass {
  const number = (name: string) => (item[name]?.N === undefined ? undefined : Number(item[name].N));
  const parts = number('memberParts');
  return {
    number: number('number') ?? 0,
    phase: (item.phase?.S ?? 'over') as PassPhase,
    execution: item.execution?.S ?? '',
    beganAt: number('beganAt') ?? 0,
    members: parts === undefined ? undefined : { name: item.memberList?.S ?? '', parts },
    walked: {
      area: number('area') ?? 0,
      after: item.after?.S,
      waitingHour: number('waitingHour'),
      failingHour: number('failingHour'),
    },
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
