import type { Subscription } from '@weir/dynamodb/connections';
import type { LiveRow } from '../../live/live-row.ts';
import { MAX_FRAME_BYTES, type RowsFrame, type SubscriptionRows } from '../../live/pack-rows.ts';

/** A client as docs/push.md tells it to be: it keeps the row with the greater count, and asks again for its snapshot. */
export class VirtualClient {
  isOpen = true;
  readonly wanted = new Map<string, Subscription>();
  readonly #rows = new Map<string, Map<string, LiveRow>>();
  readonly #hasSnapshot = new Set<string>();

  /** The subscription is asked for, once more or with other actions. */
  subscribe(subscription: Subscription): void {
    this.wanted.set(subscription.id, subscription);
    this.#rows.set(subscription.id, new Map());
    this.#hasSnapshot.delete(subscription.id);
  }

  unsubscribe(id: string): void {
    this.wanted.delete(id);
    this.#rows.delete(id);
  }

  hasSnapshot(id: string): boolean {
    return this.#hasSnapshot.has(id);
  }

  /** What is wrong with a frame; undefined if nothing is. */
  receive(message: object): string | undefined {
    const { type, id, rows, last, also = [] } = message as RowsFrame;
    if (type !== 'snapshot' && type !== 'rows') return `it says ${JSON.stringify(message)}`;
    if (JSON.stringify(message).length > MAX_FRAME_BYTES) return 'a frame is too large';
    for (const part of [{ id, rows }, ...also]) this.#keep(part);
    if (last && this.wanted.has(id)) this.#hasSnapshot.add(id);
    return undefined;
  }

  #keep({ id, rows }: SubscriptionRows): void {
    const kept = this.#rows.get(id);
    const subscription = this.wanted.get(id);
    // Of an earlier subscription.
    if (!kept || !subscription) return;
    for (const row of rows) {
      if (!subscription.actions.includes(row.action)) continue;
      const key = `${row.action} ${row.start}`;
      if (row.count > (kept.get(key)?.count ?? 0)) kept.set(key, row);
    }
  }

  row(id: string, action: string, start: number): LiveRow | undefined {
    return this.#rows.get(id)?.get(`${action} ${new Date(start).toISOString()}`);
  }
}
