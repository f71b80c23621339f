import type { Erasure, ErasureStore, Pass, PassMember, PassStore } from '@weir/dynamodb/erasures';
import { People, type Person } from './people.ts';
import { type HourRange, hoursOf, isLate } from './steps.ts';

/** An erasure that a pass works on: it runs, and has not changed since the pass began. */
export type Running = Erasure & { readonly userId: string };

/** The users of a pass, by their steps. It lives as long as an invocation. */
export class Cohort {
  /** Users whose lines are erased from runs. */
  readonly erased: People;
  /** Users whose lines are in no run any more. Objects with their lines are removed if nothing names them. */
  readonly orphaned: People;
  readonly everybody: People;
  readonly #ranges: { readonly erased: HourRange[]; readonly orphaned: HourRange[]; readonly late: HourRange[] };

  constructor(members: readonly { readonly member: number; readonly erasure: Running }[]) {
    const those = (isOne: (erasure: Running) => boolean) => members.filter(({ erasure }) => isOne(erasure));
    const erased = those(({ step }) => step !== 'orphans');
    const orphaned = those(({ step }) => step === 'orphans');
    this.erased = new People(erased.map(personOf));
    this.orphaned = new People(orphaned.map(personOf));
    this.everybody = new People(members.map(personOf));
    const rangesOf = (some: typeof members) => distinct(some.map(({ erasure }) => hoursOf(erasure)));
    this.#ranges = {
      erased: rangesOf(erased),
      orphaned: rangesOf(orphaned),
      late: rangesOf(those(({ step }) => isLate(step))),
    };
  }

  /** All hours of the members' steps, and the hours between them. */
  get hours(): HourRange {
    const all = [...this.#ranges.erased, ...this.#ranges.orphaned];
    return {
      fromHour: all.reduce((least, { fromHour }) => Math.min(least, fromHour), Number.POSITIVE_INFINITY),
      toHour: all.reduce((most, { toHour }) => Math.max(most, toHour), Number.NEGATIVE_INFINITY),
    };
  }

  /** Whether a step of a member rewrites the runs of an hour. */
  erasesIn(hour: number): boolean {
    return covers(this.#ranges.erased, hour);
  }

  /** Whether a step of a member needs to know which objects are not in a run yet, or in no entry any more. */
  looksPastRuns(hour: number): boolean {
    return covers(this.#ranges.late, hour) || covers(this.#ranges.orphaned, hour);
  }

  /** Whether a step of a member needs all events of an hour to be in runs. */
  needsRuns(hour: number): boolean {
    return covers(this.#ranges.late, hour);
  }
}

/** Reads the members of a pass as they are now. An erasure that was extended, or has failed, is left out. */
export async function readCohort(
  { erasures, passes }: { readonly erasures: ErasureStore; readonly passes: PassStore },
  pass: Pass,
): Promise<Cohort> {
  const members = await passes.listMembers(pass);
  const found = await erasures.findAll(members.map(({ id }) => id));
  return new Cohort(
    members.flatMap((read, member) => {
      const erasure = found.get(read.id);
      return isUnchanged(erasure, read) ? [{ member, erasure }] : [];
    }),
  );
}

/** Whether the pass that a member joined may still move the member on. */
export function isUnchanged(erasure: Erasure | undefined, { revision }: PassMember): erasure is Running {
  return erasure?.status === 'running' && erasure.revision === revision && erasure.userId !== undefined;
}

function personOf({ member, erasure }: { readonly member: number; readonly erasure: Running }): Person {
  return { member, userId: erasure.userId, until: erasure.until };
}

function covers(ranges: readonly HourRange[], hour: number): boolean {
  return ranges.some(({ fromHour, toHour }) => hour >= fromHour && hour <= toHour);
}

/** Ten thousand users who were deleted in one hour have one range. */
function distinct(ranges: readonly HourRange[]): HourRange[] {
  return [...new Map(ranges.map((range) => [`${range.fromHour} ${range.toHour}`, range])).values()];
}
