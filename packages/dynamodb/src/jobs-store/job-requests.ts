import { getItem } from '../table/get-item.ts';
import type { TableAccess, TableKey } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { updateIf } from '../table/updates/transact.ts';
import { seconds } from './job-item.ts';
import { REQUEST_KEPT_MS } from './jobs-store.ts';

/** The time at which a request was first made; now, if that is longer ago than requests are known. */
export async function firstAsked(access: TableAccess, requestId: string, now: number): Promise<number> {
  const key = requestKey(requestId);
  for (;;) {
    const known = (await getItem(access, key))?.askedAt?.N;
    // The table forgets an item later than it may.
    if (known !== undefined && Number(known) > now - REQUEST_KEPT_MS) return Number(known);
    const update = new ItemUpdate().set('askedAt', now).set('expiresAt', seconds(now + REQUEST_KEPT_MS));
    if (known === undefined) update.whenMissing('askedAt');
    else update.when('askedAt', '=', Number(known));
    // If another process was first, its time is the one.
    if (await updateIf(access, key, update.build())) return now;
  }
}

function requestKey(requestId: string): TableKey {
  return { pk: 'job-requests', sk: requestId };
}
