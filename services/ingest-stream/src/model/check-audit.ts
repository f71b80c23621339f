import type { ArchiveSources } from '@weir/archive/reading';
import { auditAtOnce } from '@weir/audit/at-once';
import { Actor, DAY_MS, type World } from './world.ts';

/** Audits a deployment: rows, logs and archive agree in every bucket, at each moment. */
export class CheckedAuditor {
  readonly #actor = new Actor();
  readonly #world: World;
  audits = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Audits days with events while all goes on: one audit at a time. */
  async start(): Promise<void> {
    const world = this.#world;
    if (this.#actor.isBusy) return;
    this.#actor.isBusy = true;
    await world.scheduler.start('audit', async (turn) => {
      this.#actor.turn = turn;
      const runs = runsOfDays(world);
      if (runs.length > 0) await this.#audit(world.sources(this.#actor.call), world.random.pick(runs));
      this.#actor.isBusy = false;
    });
  }

  /** Audits all days with events. */
  async checkAll(): Promise<void> {
    const sources = { store: this.#world.store, objects: this.#world.bucket };
    for (const run of runsOfDays(this.#world)) await this.#audit(sources, run);
  }

  async #audit(sources: ArchiveSources & { store: World['store'] }, days: Days): Promise<void> {
    const { random, ledger, now } = this.#world;
    const how = { isStepwise: random.chance(0.5), maxBytes: random.pick([0, Number.POSITIVE_INFINITY]) };
    try {
      const { buckets, lost, asOf } = await auditAtOnce(sources, { ...days, ...how });
      ledger.noteAsOf(asOf, now);
      const [found] = [...buckets, ...lost];
      if (found) throw new Error(`the audit finds ${buckets.length + lost.length} faults: ${JSON.stringify(found)}`);
      this.audits++;
    } catch (error) {
      this.#world.fail(error);
    }
  }
}

/** Epoch milliseconds. */
interface Days {
  readonly from: number;
  readonly to: number;
}

/** Days with events that follow each other: a schedule may have weeks without an event. */
function runsOfDays({ ledger }: World): Days[] {
  const days = [...new Set([...ledger.counts.keys()].map(dayOf))].sort((a, b) => a - b);
  const firsts = days.filter((day, at) => days[at - 1] !== day - 1);
  return firsts.map((first) => {
    let last = first;
    while (days.includes(last + 1)) last++;
    return { from: first * DAY_MS, to: (last + 1) * DAY_MS };
  });
}

/** The day of a key of the ledger's counts. */
function dayOf(key: string): number {
  return Math.floor((Number(key.slice(key.lastIndexOf('/') + 1)) * 60_000) / DAY_MS);
}
