import { NOW } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { type AuditedWorld, HOUR_MS, namesOf } from './audited-world.ts';

/** A situation in which an audit must find exactly these buckets and objects. */
export interface Scenario {
  readonly name: string;
  /** The buckets as `unit action HH:MM field`, or the number of objects that are lost. */
  find(world: AuditedWorld): Promise<readonly (string | number)[]>;
  readonly expected: readonly (string | number)[];
}

const CALLS = ['list', 'listAllTime', 'queryRows', 'readAfter', 'readBackwards', 'newestRuns'] as const;
const LATE = NOW + 4 * HOUR_MS;

/** Nothing is wrong: more events come while the audit reads, and are folded, just before a call. */
const LIVE: readonly Scenario[] = CALLS.flatMap((call) =>
  [false, true].map((isFolded) => ({
    name: `events come before ${call}${isFolded ? ', and are folded' : ''}`,
    async find(world: AuditedWorld) {
      const late = async () => {
        await world.send([{ userId: 'late', value: 40 }, { action: 'new', userId: 'u9' }, { action: 'b' }], LATE);
        if (isFolded) await world.fold();
      };
      return found(world, { before: { [call]: late } });
    },
    expected: [],
  })),
);

/** The situations in which parts of the audit matter. */
export const SCENARIOS: readonly Scenario[] = [
  ...[{}, { isStepwise: true, maxBytes: 0 }].map((how) => ({
    name: `nothing is wrong, ${JSON.stringify(how)}`,
    find: (world: AuditedWorld) => found(world, how),
    expected: [],
  })),
  {
    name: 'all is folded',
    async find(world) {
      await world.fold();
      return found(world);
    },
    expected: [],
  },
  ...LIVE,
  {
    name: 'an object is gone',
    async find(world) {
      world.objects.delete(world.keyAt(3));
      return found(world);
    },
    expected: [
      ...['count', 'sum', 'min', 'max'].map((field) => `minute a 14:30 ${field}`),
      ...['hour a 14:00 users', 'hour a 14:00 values'],
      ...['count', 'sum', 'max', 'users', 'values'].map((field) => `day a 00:00 ${field}`),
      1,
    ],
  },
];

async function found(world: AuditedWorld, how: Parameters<AuditedWorld['audit']>[0] = {}) {
  const { buckets, lost } = await world.audit(how);
  return [...namesOf(buckets), ...(lost.length > 0 ? [lost.length] : [])];
}
