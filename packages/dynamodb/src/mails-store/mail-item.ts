import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import { claimKeptUntil, mailDay } from './judge-claim.ts';
import type { StoredMail } from './mails-store.ts';

const MAILS = 'mails';

/** A claim. It holds no address. */
export function mailItem(
  { id, source, at, status, attempt, uncertain, leaseUntil }: StoredMail,
  now: number,
): TableItem {
  return {
    ...{ ...keyAttributes(mailKey(id)), source: { S: source }, status: { S: status } },
    ...{ at: { N: `${at}` }, attempt: { N: `${attempt}` }, uncertain: { N: `${uncertain}` } },
    ...{ leaseUntil: { N: `${leaseUntil}` }, expiresAt: { N: `${claimKeptUntil(now)}` } },
  };
}

export function mailKey(id: string): TableKey {
  return { pk: MAILS, sk: id };
}

/** The item with the number of a day's claims. */
export function dayKey(at: number): TableKey {
  return { pk: `${MAILS}#${mailDay(at)}`, sk: 'count' };
}

export function storedMail(item: TableItem): StoredMail {
  const { sk, source, at, status, attempt, uncertain, leaseUntil, sesId, reason } = item;
  return {
    ...{ id: sk?.S ?? '', source: source?.S ?? '', at: Number(at?.N), status: status?.S as StoredMail['status'] },
    ...{ attempt: Number(attempt?.N), uncertain: Number(uncertain?.N), leaseUntil: Number(leaseUntil?.N) },
    ...{ sesId: sesId?.S, reason: reason?.S },
  };
}
