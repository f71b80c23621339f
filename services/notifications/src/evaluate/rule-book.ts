import { type Alert, recoversOpen } from '@weir/alerts';
import type { AlertSet } from '@weir/dynamodb/alerts';
import type { EvaluatedAlerts } from './evaluator-deps.ts';

/** A new rule begins with its next full bucket, which is a minute at least: it is known before that bucket closes. */
const MAX_AGE_MS = 30_000;

/** A transaction's writes are not visible all at once: a count may be new while its rule is still as it was. */
const SETTLED_AFTER_MS = 10_000;

/** The rules as this instance knows them. A rule that has changed in the meantime is found when it is written. */
export class RuleBook {
  readonly #alerts: Pick<EvaluatedAlerts, 'all' | 'find'>;
  readonly #now: () => number;
  #set: AlertSet | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  /** Since when each read has found the same counts. */
  #sameSince = Number.POSITIVE_INFINITY;
  #byId = new Map<string, Alert>();

  constructor({ alerts, now }: { readonly alerts: Pick<EvaluatedAlerts, 'all' | 'find'>; readonly now: () => number }) {
    this.#alerts = alerts;
    this.#now = now;
  }

  /** All rules that are enabled. `isFresh` reads them with their states, as other instances left them. */
  async rules({ isFresh }: { readonly isFresh: boolean }): Promise<readonly Alert[]> {
    const now = this.#now();
    if (isFresh || now - this.#readAt > MAX_AGE_MS) await this.#read({ isFresh, now });
    return [...this.#byId.values()].filter(({ enabled }) => enabled);
  }

  async #read({ isFresh, now }: { readonly isFresh: boolean; readonly now: number }): Promise<void> {
    const before = this.#set;
    const isSettled = this.#readAt - this.#sameSince >= SETTLED_AFTER_MS;
    const hasStates = isFresh || !isSettled || this.#needsStates();
    const set = await this.#alerts.all(isSettled ? before : undefined, { hasStates });
    if (set !== before) this.#byId = new Map(set.alerts.map((alert) => [alert.id, alert]));
    if (set.version !== before?.version || set.stateChanges !== before.stateChanges) this.#sameSince = now;
    this.#set = set;
    this.#readAt = now;
  }

  /** Which rules another instance has fired must be known to end a firing with the next entry. */
  #needsStates(): boolean {
    return this.#set?.alerts.some(recoversOpen) ?? true;
  }

  get(id: string): Alert | undefined {
    return this.#byId.get(id);
  }

  /** Keeps what was written. */
  keep(alert: Alert): void {
    this.#byId.set(alert.id, alert);
  }

  /** The rule as it is stored now; undefined if it was removed. */
  async readAgain(id: string): Promise<Alert | undefined> {
    const alert = await this.#alerts.find(id);
    if (alert) this.#byId.set(id, alert);
    else this.#byId.delete(id);
    return alert;
  }
}
