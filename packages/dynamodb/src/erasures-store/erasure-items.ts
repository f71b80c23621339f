import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type { Erasure, ErasureStart, ErasureStatus, PlaceCount } from './erasures-store.ts';

const RECEIPTS_PARTITION = 'erasures';
const OPEN_PARTITION = 'erasing';

/** An erasure's own item, its receipt. */
export function receiptKey(id: string): TableKey {
  // DynamoDB takes no empty key.
  return { pk: RECEIPTS_PARTITION, sk: id || '-' };
}

/** The item that leads from a person to their erasure while it has not ended. */
export function openKey(userId: string): TableKey {
  return { pk: OPEN_PARTITION, sk: userId };
}

/** The attributes that count one place. */
export function placeNames(place: string): Record<keyof PlaceCount, string> {
  return { items: `items ${place}`, objects: `objects ${place}`, at: `at ${place}` };
}

/** The receipt of an erasure that begins. */
export function newReceipt({ id, userId, userHash, requestedAt, until }: ErasureStart): TableItem {
  return {
    ...keyAttributes(receiptKey(id)),
    userId: { S: userId },
    userHash: { S: userHash },
    status: { S: 'running' },
    attempt: { N: '0' },
    requestedAt: { N: `${requestedAt}` },
    renewedAt: { N: `${requestedAt}` },
    until: { N: `${until}` },
  };
}

/** What a receipt says. */
export function erasureOf(item: TableItem): Erasure {
  return {
    id: item.sk?.S ?? '',
    userId: item.userId?.S,
    userHash: item.userHash?.S ?? '',
    status: (item.status?.S ?? 'running') as ErasureStatus,
    attempt: Number(item.attempt?.N),
    requestedAt: Number(item.requestedAt?.N),
    renewedAt: Number(item.renewedAt?.N),
    until: Number(item.until?.N),
    finishedAt: item.finishedAt && Number(item.finishedAt.N),
    places: placesOf(item),
  };
}

function placesOf(item: TableItem): Record<string, PlaceCount> {
  const places = Object.keys(item).flatMap((name) => (name.startsWith('at ') ? [name.slice(3)] : []));
  return Object.fromEntries(
    places.map((place) => {
      const names = placeNames(place);
      const number = (name: string) => Number(item[name]?.N ?? 0);
      return [place, { items: number(names.items), objects: number(names.objects), at: number(names.at) }];
    }),
  );
}
