import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type { StoredAudit } from './audits-store.ts';

/** What an item has as JSON: nothing is asked for by it. */
type Findings = Pick<StoredAudit, 'heads' | 'missingObjects' | 'buckets'>;

export function auditItem(audit: StoredAudit): TableItem {
  const { date, timeZone, from, to, asOf, status, drift, file, auditedAt } = audit;
  const { heads, missingObjects, buckets } = audit;
  const findings: Findings = { heads, missingObjects, buckets };
  return {
    ...keyAttributes(auditKey(date)),
    ...{ timeZone: { S: timeZone }, status: { S: status }, file: { S: file }, drift: { N: `${drift}` } },
    ...{ from: { N: `${from}` }, to: { N: `${to}` }, auditedAt: { N: `${auditedAt}` } },
    ...(asOf !== undefined && { asOf: { N: `${asOf}` } }),
    findings: { S: JSON.stringify(findings) },
  };
}

export function auditKey(date: string): TableKey {
  return { pk: 'audits', sk: date };
}

export function storedAudit(item: TableItem): StoredAudit {
  const text = (name: string) => item[name]?.S ?? '';
  const number = (name: string) => Number(item[name]?.N);
  const { heads, missingObjects, buckets } = JSON.parse(text('findings')) as Findings;
  return {
    ...{ date: text('sk'), timeZone: text('timeZone'), from: number('from'), to: number('to') },
    ...{ asOf: item.asOf && number('asOf'), heads: readHeads(heads), status: text('status') as StoredAudit['status'] },
    ...{ drift: number('drift'), missingObjects, buckets, file: text('file'), auditedAt: number('auditedAt') },
  };
}

/** JSON has no undefined: a log without entries has no position in it. */
function readHeads(heads: StoredAudit['heads']): StoredAudit['heads'] {
  const read = Object.entries(heads).map(([logId, { number, position }]) => [logId, { number, position }]);
  return Object.fromEntries(read);
}
