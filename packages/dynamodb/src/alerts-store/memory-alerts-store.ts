import { type Alert, type EvaluationCursor, type Firing, firingId, type StateChange } from '@weir/alerts';
import { isSameAlert } from './alert-items.ts';
import {
  type AlertSet,
  type AlertsPage,
  type AlertsStore,
  type FiringsPage,
  MAX_ALERTS,
  type MailNote,
  type Recovered,
} from './alerts-store.ts';

/** What the table holds. */
export interface AlertsState {
  readonly alerts: Map<string, Alert>;
  /** By their ids. */
  readonly firings: Map<string, Firing>;
  version: number;
  stateChanges: number;
  cursor: EvaluationCursor | undefined;
}

/** Rules in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before each call. */
export class MemoryAlertsStore implements AlertsStore {
  readonly #turn: () => Promise<void>;
  readonly #state: AlertsState;

  /** Several stores with one state are several connections to one table. */
  constructor(turn = async () => {}, state = emptyAlertsState()) {
    this.#turn = turn;
    this.#state = state;
  }

  async create(alert: Alert): Promise<'created' | 'exists' | 'full'> {
    await this.#turn();
    const { alerts } = this.#state;
    const stored = alerts.get(alert.id);
    if (stored) return isSameAlert(stored, alert) ? 'created' : 'exists';
    if (alerts.size >= MAX_ALERTS) return 'full';
    alerts.set(alert.id, alert);
    this.#state.version += 1;
    return 'created';
  }

  async find(id: string): Promise<Alert | undefined> {
    await this.#turn();
    return this.#state.alerts.get(id);
  }

  async list({ after = '', limit }: { after: string | undefined; limit: number }): Promise<AlertsPage> {
    await this.#turn();
    const past = this.#sorted().filter(({ id }) => id > after);
    const alerts = past.slice(0, limit);
    return { alerts, next: past.length > limit ? alerts.at(-1)?.id : undefined };
  }

  async all(known?: AlertSet, { hasStates } = { hasStates: false }): Promise<AlertSet> {
    await this.#turn();
    const { version, stateChanges } = this.#state;
    const isSame = known?.version === version && (!hasStates || known.stateChanges === stateChanges);
    if (isSame) return known;
    return { version, stateChanges: hasStates ? stateChanges : undefined, alerts: this.#sorted() };
  }

  async update(alert: Alert, { revision }: { revision: number }): Promise<boolean> {
    await this.#turn();
    const stored = this.#state.alerts.get(alert.id);
    if (stored?.revision !== revision) return false;
    this.#state.alerts.set(alert.id, { ...alert, revision: revision + 1, state: stored.state });
    this.#state.version += 1;
    return true;
  }

  async remove(id: string): Promise<boolean> {
    await this.#turn();
    const isThere = this.#state.alerts.delete(id);
    if (isThere) this.#state.version += 1;
    return isThere;
  }

  async fire(firing: Firing, change: StateChange): Promise<'fired' | 'exists' | 'changed'> {
    await this.#turn();
    const id = firingId(firing.alertId, firing.bucket.start);
    if (this.#state.firings.has(id)) return 'exists';
    if (!this.#changeState(firing.alertId, change)) return 'changed';
    this.#state.firings.set(id, firing);
    return 'fired';
  }

  async recover(alertId: string, { ended, recovery, told }: Recovered, change: StateChange): Promise<boolean> {
    await this.#turn();
    if (!this.#changeState(alertId, change)) return false;
    this.#changeFiring(alertId, ended, { recovery });
    if (told !== undefined) this.#changeFiring(alertId, told, { notified: true, toldAt: recovery.recoveredAt });
    return true;
  }

  async findFiring(alertId: string, bucketStart: number): Promise<Firing | undefined> {
    await this.#turn();
    return this.#state.firings.get(firingId(alertId, bucketStart));
  }

  async noteMail(alertId: string, bucketStart: number, { addressId, outcome }: MailNote): Promise<void> {
    await this.#turn();
    const { mails } = this.#state.firings.get(firingId(alertId, bucketStart)) ?? {};
    const noted = outcome === 'sent' ? outcome : (mails?.[addressId] ?? outcome);
    this.#changeFiring(alertId, bucketStart, { mails: { ...mails, [addressId]: noted } });
  }

  async firings(alertId: string, page: { after: number | undefined; limit: number }): Promise<FiringsPage> {
    await this.#turn();
    const { after = Number.POSITIVE_INFINITY, limit } = page;
    const earlier = [...this.#state.firings.values()]
      .filter((firing) => firing.alertId === alertId && firing.bucket.start < after)
      .sort((a, b) => b.bucket.start - a.bucket.start);
    const firings = earlier.slice(0, limit);
    return { firings, next: earlier.length > limit ? firings.at(-1)?.bucket.start : undefined };
  }

  async readCursor(): Promise<EvaluationCursor | undefined> {
    await this.#turn();
    return this.#state.cursor;
  }

  async moveCursor(cursor: EvaluationCursor): Promise<boolean> {
    await this.#turn();
    const { evaluatedUpTo = cursor.evaluatedUpTo } = this.#state.cursor ?? {};
    if (cursor.evaluatedUpTo < evaluatedUpTo) return false;
    this.#state.cursor = { ...cursor, lastEvaluated: new Map(cursor.lastEvaluated) };
    return true;
  }

  #changeFiring(alertId: string, start: number, changes: Partial<Firing>): void {
    const firing = this.#state.firings.get(firingId(alertId, start));
    if (firing) this.#state.firings.set(firing.id, { ...firing, ...changes });
  }

  #sorted(): Alert[] {
    return [...this.#state.alerts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #changeState(id: string, { revision, version, to }: StateChange): boolean {
    const alert = this.#state.alerts.get(id);
    if (alert?.revision !== revision || alert.state.version !== version) return false;
    this.#state.alerts.set(id, { ...alert, state: to });
    this.#state.stateChanges += 1;
    return true;
  }
}

export function emptyAlertsState(): AlertsState {
  return { alerts: new Map(), firings: new Map(), version: 0, stateChanges: 0, cursor: undefined };
}
