import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import { claimKeptUntil, mailDay } from './judge-claim.ts';
import type { StoredMail } from './mails-store.ts';

const MAILS = 'mails';

/** A claim. It holds no address. */
export function mailItem(
  { id, source, at, status, attempt, uncertain, leaseUntil, toldAt }: StoredMail,
  now: number,
): TableItem {
  return {
    ...{ ...keyAttributes(mailKey(id)), source: { S: source }, status: { S: status } },
    ...{ at: { N: `${at}` }, attempt: { N: `${attempt}` }, uncertain: { N: `${uncertain}` } },
    ...{ leaseUntil: { N: `${leaseUntil}` }, expiresAt: { N: `${claimKeptUntil(now)}` } },
    ...(toldAt !== undefined && { toldAt: { N: `${toldAt}` } }),
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
  const { sk, source, at, status, attempt, uncertain, leaseUntil, toldAt, sesId, reason } = item;
  return {
    ...{ id: sk?.S ?? '', source: source?.S ?? '', at: Number(at?.N), status: status?.S as StoredMail['status'] },
    ...{ attempt: Number(attempt?.N), uncertain: Number(uncertain?.N), leaseUntil: Number(leaseUntil?.N) },
    ...(toldAt?.N !== undefined && { toldAt: Number(toldAt.N) }),
    ...{ sesId: sesId?.S, reason: reason?.S },
  };
}
