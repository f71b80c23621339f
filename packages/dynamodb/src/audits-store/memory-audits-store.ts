import type { AuditsStore, StoredAudit } from './audits-store.ts';

/** Audits in memory, for tests; `turn` is awaited before each call. */
export class MemoryAuditsStore implements AuditsStore {
  readonly #turn: () => Promise<void>;
  readonly #audits: Map<string, StoredAudit>;

  /** Several stores with one map are several connections to one table. */
  constructor(turn = async () => {}, audits: Map<string, StoredAudit> = new Map()) {
    this.#turn = turn;
    this.#audits = audits;
  }

  async put(audit: StoredAudit): Promise<void> {
    await this.#turn();
    const stored = this.#audits.get(audit.date);
    if (!stored || stored.auditedAt <= audit.auditedAt) this.#audits.set(audit.date, audit);
  }

  async find(date: string): Promise<StoredAudit | undefined> {
    await this.#turn();
    return this.#audits.get(date);
  }
}
