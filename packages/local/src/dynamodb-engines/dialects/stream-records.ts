import type { WireJson } from '../../aws-calls/backend.ts';

/** A record of a table's stream, as GetRecords answers it. */
export interface WireStreamRecord {
  readonly eventName: string;
  readonly userIdentity?: object;
  readonly dynamodb: { readonly OldImage?: object; readonly NewImage?: object };
}

/** An answer of GetRecords with other records; the same answer where they are the same. */
export function withRecords(
  answer: WireJson,
  change: (records: readonly WireStreamRecord[]) => readonly WireStreamRecord[],
): WireJson {
  const before = answer.Records as readonly WireStreamRecord[] | undefined;
  if (before === undefined) return answer;
  const after = change(before);
  const isSame = after.length === before.length && after.every((record, index) => record === before[index]);
  return isSame ? answer : { ...answer, Records: after };
}
