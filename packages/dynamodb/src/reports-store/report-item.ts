import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import { type LaterRevision, type ReportKind, reportKindOf, type StoredReport } from './reports-store.ts';

export function reportItem(report: StoredReport): TableItem {
  const { id, kind, timeZone, factsDigest, draft, owner, laterRevisions, holdsUsers } = report;
  const { from, to, revision, finished, leaseUntil, createdAt, claimedAt, revisedAt } = report;
  return {
    ...keyAttributes({ pk: reportsPartition(kind), sk: id.slice(kind.length + 1) }),
    ...mapped({ timeZone, factsDigest, draft, owner }, (S) => ({ S })),
    ...mapped({ from, to, revision, finished, leaseUntil }, (number) => ({ N: `${number}` })),
    ...mapped({ createdAt, claimedAt, revisedAt }, (number) => ({ N: `${number}` })),
    laterRevisions: { L: laterRevisions.map(revisionAttribute) },
    holdsUsers: { BOOL: holdsUsers },
  };
}

/** The partition of all reports of a kind: they are sorted by what follows the kind in their ids. */
export function reportsPartition(kind: ReportKind): string {
  return `reports#${kind}`;
}

/** Undefined if the id is of no report. */
export function reportKey(id: string): TableKey | undefined {
  const kind = reportKindOf(id);
  return kind && { pk: reportsPartition(kind), sk: id.slice(kind.length + 1) };
}

export function storedReport(item: TableItem): StoredReport {
  const kind = item.pk?.S?.slice('reports#'.length) as ReportKind;
  const number = (name: string) => Number(item[name]?.N);
  const text = (name: string) => item[name]?.S ?? '';
  return {
    ...{ kind, id: `${kind}-${text('sk')}`, timeZone: text('timeZone'), from: number('from'), to: number('to') },
    ...{ revision: number('revision'), finished: number('finished'), factsDigest: text('factsDigest') },
    ...{ draft: text('draft'), owner: text('owner'), leaseUntil: number('leaseUntil') },
    // Earlier items have one time for both.
    ...{ createdAt: number('createdAt'), claimedAt: number(item.claimedAt ? 'claimedAt' : 'revisedAt') },
    revisedAt: number('revisedAt'),
    laterRevisions: (item.laterRevisions?.L ?? []).map(laterRevision),
    holdsUsers: item.holdsUsers?.BOOL === true,
  };
}

function revisionAttribute({ revision, changes, toldIn }: LaterRevision): AttributeValue {
  return { M: { revision: { N: `${revision}` }, changes: { N: `${changes}` }, toldIn: { S: toldIn } } };
}

function laterRevision({ M = {} }: AttributeValue): LaterRevision {
  return { revision: Number(M.revision?.N), changes: Number(M.changes?.N), toldIn: M.toldIn?.S ?? '' };
}

function mapped<T>(values: Readonly<Record<string, T>>, write: (value: T) => AttributeValue): TableItem {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(value)]));
}
