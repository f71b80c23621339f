import type { FinishingLease, ReportKind, ReportsPage, ReportsStore, StoredReport } from './reports-store.ts';

/** Reports in memory, for tests; `turn` is awaited before each call. */
export class MemoryReportsStore implements ReportsStore {
  readonly #turn: () => Promise<void>;
  readonly #state: ReportsState;

  /** Several stores with one state are several connections to one table. */
  constructor(turn = async () => {}, state: ReportsState = { reports: new Map(), nextDay: undefined }) {
    this.#turn = turn;
    this.#state = state;
  }

  async find(id: string): Promise<StoredReport | undefined> {
    await this.#turn();
    return this.#state.reports.get(id);
  }

  async claim(report: StoredReport): Promise<boolean> {
    await this.#turn();
    const found = this.#state.reports.get(report.id);
    if (found?.owner === report.owner && found.revision === report.revision) return true;
    const before = report.revision - 1;
    const isNext = before === 0 ? !found : found?.revision === before && found.finished === before;
    if (isNext) this.#state.reports.set(report.id, report);
    return isNext;
  }

  async lease(id: string, { revision, owner, now, until }: FinishingLease): Promise<boolean> {
    await this.#turn();
    const found = this.#state.reports.get(id);
    if (found?.revision !== revision || found.finished >= revision) return false;
    if (found.leaseUntil > now && found.owner !== owner) return false;
    this.#state.reports.set(id, { ...found, owner, leaseUntil: until });
    return true;
  }

  async finish(id: string, revision: number): Promise<void> {
    await this.#turn();
    const found = this.#state.reports.get(id);
    if (!found || found.finished >= revision) return;
    this.#state.reports.set(id, { ...found, finished: revision, revisedAt: found.claimedAt });
  }

  async list(kind: ReportKind, { after, limit }: { after: string | undefined; limit: number }): Promise<ReportsPage> {
    await this.#turn();
    const all = [...this.#state.reports.values()]
      .filter((report) => report.kind === kind && (after === undefined || report.id < after))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const reports = all.slice(0, limit);
    return { reports, next: all.length > limit ? reports.at(-1)?.id : undefined };
  }

  async *listHoldingUsers(): AsyncIterable<StoredReport> {
    await this.#turn();
    for (const report of [...this.#state.reports.values()]) if (report.holdsUsers) yield report;
  }

  async findNextDay(): Promise<string | undefined> {
    await this.#turn();
    return this.#state.nextDay;
  }

  async moveNextDay({ from, to }: { from: string | undefined; to: string }): Promise<void> {
    await this.#turn();
    if (this.#state.nextDay === from) this.#state.nextDay = to;
  }
}

/** What the table holds. */
export interface ReportsState {
  readonly reports: Map<string, StoredReport>;
  nextDay: string | undefined;
}
