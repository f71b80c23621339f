/** Buckets of a rule that are remembered. */
const KEPT = 64;

/** Buckets that are known to have fired: a busy action would otherwise be written in each batch of its bucket. */
export class FiredBuckets {
  readonly #byAlert = new Map<string, Set<number>>();

  has(alertId: string, start: number): boolean {
    return this.#byAlert.get(alertId)?.has(start) ?? false;
  }

  add(alertId: string, start: number): void {
    const starts = this.#byAlert.get(alertId) ?? new Set();
    this.#byAlert.set(alertId, starts.add(start));
    for (const oldest of starts) if (starts.size > KEPT) starts.delete(oldest);
  }
}
