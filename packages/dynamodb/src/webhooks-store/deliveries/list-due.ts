import { queryPages } from '../../table/query-pages.ts';
import type { TableAccess } from '../../table/table-access.ts';
import type { DueDelivery } from './deliveries-store.ts';
import { DUE_INDEX, DUE_SHARDS, storedDue } from './delivery-item.ts';

/** What is due, as the index knows it: one shard after the other, each up to its share of the limit. */
export async function* listDue(
  access: TableAccess,
  { now, limit }: { readonly now: number; readonly limit: number },
): AsyncIterable<DueDelivery> {
  const share = Math.max(1, Math.floor(limit / DUE_SHARDS.length));
  for (const shard of DUE_SHARDS) {
    const query = {
      // An index cannot be read consistently.
      ...{ IndexName: DUE_INDEX, ConsistentRead: false, Limit: share },
      KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
      ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { N: `${now}` } },
    };
    let left = share;
    for await (const page of queryPages(access, query)) {
      yield* page.slice(0, left).map(storedDue);
      left -= page.length;
      if (left <= 0) break;
    }
  }
}
