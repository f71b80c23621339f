import type { Erasure, ErasureStore, Pass, PassMember, PassStore } from '@weir/dynamodb/erasures';
import { People, type Person } from './people.ts';
import { type HourRange, hoursOf, isLate } from './steps.ts';

/** An erasure that a pass works on: it runs, and is as it was when the pass began. */
export type Running = Erasure & { readonly userId: string };

/** Who a pass works for, by the steps that they are at. Lives as long as an invocation. */
export class Cohort {
  /** Their lines are taken out of runs. */
  readonly erased: People;
  /** Their lines are in no run any more: objects that hold one are removed where nothing names them. */
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

  /** All hours that somebody's step looks at, and those between. */
  get hours(): HourRange {
    const all = [...this.#ranges.erased, ...this.#ranges.orphaned];
    return {
      fromHour: all.reduce((least, { fromHour }) => Math.min(least, fromHour), Number.POSITIVE_INFINITY),
      toHour: all.reduce((most, { toHour }) => Math.max(most, toHour), Number.NEGATIVE_INFINITY),
    };
  }

  /** Whether runs of an hour are rewritten for somebody. */
  erasesIn(hour: number): boolean {
    return covers(this.#ranges.erased, hour);
  }

  /** Whether it matters to somebody what is not in a run yet, or in no entry any more. */
  looksPastRuns(hour: number): boolean {
    return covers(this.#ranges.late, hour) || covers(this.#ranges.orphaned, hour);
  }

  /** Whether somebody's step needs everything of an hour to be in runs. */
  needsRuns(hour: number): boolean {
    return covers(this.#ranges.late, hour);
  }
}

/** The cohort of a pass, as its members are by now: who was extended, or has failed, is not in it any more. */
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

/** Whether the pass that a member joined may still move it on. */
export function isUnchanged(erasure: Erasure | undefined, { revision }: PassMember): erasure is Running {
  return erasure?.status === 'running' && erasure.revision === revision && erasure.userId !== undefined;
}

function personOf({ member, erasure }: { readonly member: number; readonly erasure: Running }): Person {
  return { member, userId: erasure.userId, until: erasure.until };
}

function covers(ranges: readonly HourRange[], hour: number): boolean {
  return ranges.some(({ fromHour, toHour }) => hour >= fromHour && hour <= toHour);
}

/** Ten thousand people who were deleted in one hour have one range. */
function distinct(ranges: readonly HourRange[]): HourRange[] {
  return [...new Map(ranges.map((range) => [`${range.fromHour} ${range.toHour}`, range])).values()];
}
