import { type Alert, closeOf, type Firing } from '@weir/alerts';

/** The rules of the table. Each change of a state is checked. */
export class WatchedAlerts extends Map<string, Alert> {
  readonly #noteFault: (fault: string) => void;

  constructor(noteFault: (fault: string) => void) {
    super();
    this.#noteFault = noteFault;
  }

  override set(id: string, alert: Alert): this {
    const before = this.get(id);
    super.set(id, alert);
    if (before && alert.state !== before.state) this.#check(before, alert);
    return this;
  }

  #check({ id, repeat, cooldownSeconds, mutedUntil, state: before }: Alert, { state }: Alert): void {
    const isTold = state.episode?.told !== undefined || repeat === 'cooldown' || mutedUntil !== undefined;
    if (state.episode && !isTold) this.#noteFault(`${id} fires, and nobody was told`);
    if (state.version !== before.version + 1) this.#noteFault(`${id} went from ${before.version} to ${state.version}`);
    const [was, is] = [before.episode?.latest, state.episode?.latest];
    if (was !== undefined && is !== undefined && is < was) this.#noteFault(`the latest bucket of ${id} went back`);
    const { lastNotifiedAt } = state;
    if (lastNotifiedAt === undefined || lastNotifiedAt === before.lastNotifiedAt) return;
    const isSameEpisode = before.episode?.bucket === state.episode?.bucket;
    const isAgain = repeat === 'recovered' && isSameEpisode && before.episode?.told !== undefined;
    const pause = lastNotifiedAt - (before.lastNotifiedAt ?? Number.NEGATIVE_INFINITY);
    const isTooSoon = repeat === 'cooldown' && pause < cooldownSeconds * 1000;
    if (isAgain || isTooSoon) this.#noteFault(`${id} was told again`);
  }
}

interface FiringsWatch {
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly noteFault: (fault: string) => void;
  readonly noteWrite: (before: Firing | undefined, after: Firing) => void;
  readonly now: () => number;
  /** As the last sweep wrote it. */
  readonly closedUpTo: () => number;
}

/**
 * The firings of the table: none is written twice, none changes but by its recovery, or as it is told, and none is of a
 * rule that is gone.
 */
export class WatchedFirings extends Map<string, Firing> {
  /** When each was told, epoch milliseconds. */
  readonly toldAt = new Map<string, number>();
  readonly #watch: FiringsWatch;

  constructor(watch: FiringsWatch) {
    super();
    this.#watch = watch;
  }

  override set(id: string, firing: Firing): this {
    const before = this.get(id);
    super.set(id, firing);
    const { alerts, noteFault, noteWrite, now, closedUpTo } = this.#watch;
    noteWrite(before, firing);
    if (firing.notified && !before?.notified) this.toldAt.set(id, now());
    if (before) {
      const { recovery, ...others } = firing;
      const isToldNow = firing.notified && !before.notified;
      const was = isToldNow ? { ...before, notified: true, toldAt: firing.toldAt } : before;
      if (JSON.stringify(others) !== JSON.stringify(was) || before.recovery) noteFault(`${id} has changed`);
      return this;
    }
    const alert = alerts.get(firing.alertId);
    if (alert?.revision !== firing.revision) noteFault(`${id} is of another rule`);
    else if (firing.bucket.closed && closeOf(alert, firing.bucket.start) > closedUpTo()) noteFault(`${id} is open`);
    return this;
  }
}
