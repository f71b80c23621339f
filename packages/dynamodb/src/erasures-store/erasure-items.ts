import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type {
  Erasure,
  ErasureStart,
  ErasureStatus,
  ErasureStep,
  PlaceCount,
  WaitingErasure,
} from './erasures-store.ts';

const RECEIPTS_PARTITION = 'erasures';
const OPEN_PARTITION = 'erasing';
/** Partition that holds the queue, in the order in which erasures are due. */
export const QUEUE_PARTITION = 'erasures-waiting';
/** Epoch milliseconds of 15 digits reach past the year 30000. */
const DUE_DIGITS = 15;

/** An erasure's own item, its receipt. */
export function receiptKey(id: string): TableKey {
  // DynamoDB takes no empty key.
  return { pk: RECEIPTS_PARTITION, sk: id || '-' };
}

/** The item that leads from a person to their erasure while it has not ended. */
export function openKey(userId: string): TableKey {
  return { pk: OPEN_PARTITION, sk: userId };
}

/** An erasure's place in the queue. */
export function queueKey({ id, dueAt }: Pick<WaitingErasure, 'id' | 'dueAt'>): TableKey {
  return { pk: QUEUE_PARTITION, sk: `${dueKey(dueAt)}#${id}` };
}

/** The beginning of the queue places of all erasures that are due at that time. */
export function dueKey(dueAt: number): string {
  return String(dueAt).padStart(DUE_DIGITS, '0');
}

/** The content of a place in the queue: nothing of the person. */
export function queueItem(waiting: WaitingErasure): TableItem {
  const { step, until, revision } = waiting;
  return {
    ...keyAttributes(queueKey(waiting)),
    ...{ step: { S: step }, until: { N: `${until}` }, revision: { N: `${revision}` } },
  };
}

/** What a place in the queue says. */
export function waitingOf({ sk, step, until, revision }: TableItem): WaitingErasure {
  const place = sk?.S ?? '';
  return {
    id: place.slice(DUE_DIGITS + 1),
    revision: Number(revision?.N),
    step: (step?.S ?? 'now') as ErasureStep,
    until: Number(until?.N),
    dueAt: Number(place.slice(0, DUE_DIGITS)),
  };
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
    requestedAt: { N: `${requestedAt}` },
    renewedAt: { N: `${requestedAt}` },
    until: { N: `${until}` },
    step: { S: 'now' },
    dueAt: { N: `${requestedAt}` },
    tries: { N: '0' },
    revision: { N: '0' },
    countedPass: { N: '0' },
  };
}

/** What a receipt says. */
export function erasureOf(item: TableItem): Erasure {
  return {
    id: item.sk?.S ?? '',
    userId: item.userId?.S,
    userHash: item.userHash?.S ?? '',
    status: (item.status?.S ?? 'running') as ErasureStatus,
    requestedAt: Number(item.requestedAt?.N),
    renewedAt: Number(item.renewedAt?.N),
    until: Number(item.until?.N),
    finishedAt: item.finishedAt && Number(item.finishedAt.N),
    step: (item.step?.S ?? 'now') as ErasureStep,
    dueAt: Number(item.dueAt?.N),
    tries: Number(item.tries?.N),
    revision: Number(item.revision?.N),
    countedPass: Number(item.countedPass?.N),
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
