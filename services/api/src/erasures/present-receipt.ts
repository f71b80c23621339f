import type { Erasure } from '@weir/dynamodb/erasures';
import { PLACES, type Place, type Retention } from './places/places.ts';

/** A receipt as the API answers it. */
export function presentReceipt(erasure: Erasure, retention: Retention, now: number): object {
  const { id, status, requestedAt, until, finishedAt, userHash, places } = erasure;
  return {
    id,
    status,
    userHash,
    requestedAt: iso(requestedAt),
    coversUntil: iso(until),
    ...(finishedAt !== undefined && { finishedAt: iso(finishedAt) }),
    // A place that came with a later version had nothing of a person whose erasure was done before.
    places: PLACES.filter(({ kind, name }) => kind === 'expires' || status !== 'done' || name in places).map((place) =>
      presentPlace(place, erasure, { retention, now }),
    ),
  };
}

function presentPlace(
  place: Place,
  erasure: Erasure,
  { retention, now }: { retention: Retention; now: number },
): object {
  const { name, description } = place;
  if (place.kind === 'expires') {
    const expiresAt = place.expiresAt({ erasure, retention, now });
    return { name, status: now < expiresAt ? 'expires' : 'expired', description, expiresAt: iso(expiresAt) };
  }
  const { items = 0, objects = 0, at } = erasure.places[name] ?? {};
  const status = erasure.status === 'done' && at !== undefined ? 'erased' : 'erasing';
  return { name, status, description, items, objects, ...(at !== undefined && { erasedAt: iso(at) }) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
