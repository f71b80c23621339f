import type { Mutation } from '@weir/simulation/mutants';

/** Of what says how far the stream is counted. */
export const PROGRESS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'the progress leaves out shards without a log',
    file: 'progress/closed-up-to.ts',
    find: '!finished.has(logId));',
    replace: '!finished.has(logId) && logs.has(logId));',
  },
  {
    name: 'the progress takes a shard as read to its end once it has children',
    file: 'progress/closed-up-to.ts',
    find: '(logs.has(logId) ? parents : [])',
    replace: 'parents',
  },
  {
    name: 'the progress takes a child without a log as one that has read its parents',
    file: 'progress/shard-bounds.ts',
    find: 'if (next === undefined) return Number.POSITIVE_INFINITY;',
    replace: 'if (next === undefined || shard.parents.length > 0) return Number.POSITIVE_INFINITY;',
  },
  {
    name: 'the progress is the time after its reads',
    file: 'progress/closed-up-to.ts',
    find: 'Math.min(calledAt, ...arrivals)',
    replace: 'Math.min(now(), ...arrivals.map((arrival) => (arrival === calledAt ? now() : arrival)))',
  },
  {
    name: 'the progress is by the clock of the sweep, without slack',
    file: 'progress/closed-up-to.ts',
    find: 'export const ARRIVAL_SLACK_MS = 5000;',
    replace: 'export const ARRIVAL_SLACK_MS = 0;',
  },
  {
    name: 'the progress takes an answer without records as the tip',
    file: 'progress/shard-bounds.ts',
    find: 'if (isTip) return calledAt;',
    replace: 'if (isTip || records.length === 0) return calledAt;',
  },
  {
    name: 'the progress looks at logs alone, so a quiet shard holds it back',
    file: 'progress/shard-bounds.ts',
    find: 'if (isTip) return calledAt;',
    replace: 'if (isTip) return head.arrival ?? calledAt;',
  },
  {
    name: 'the progress is read from the end of the log each time, so a shard that was quiet for days holds it back',
    file: 'progress/shard-bounds.ts',
    find: '    this.#places.delete(logId);\n',
    replace: "    if (place?.next !== '') return { sequenceNumber: position?.sequenceNumber };\n",
  },
  {
    name: "an answer's asOf is what the logs say, if that is later than the progress",
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: 'asOf: closedUpTo ?? countedUpTo(logs)',
    replace: 'asOf: Math.max(closedUpTo ?? 0, countedUpTo(logs) ?? 0)',
  },
  {
    name: 'the progress may go back',
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: 'if (before && before.closedUpTo >= progress.closedUpTo) return false;',
    replace: 'void before;',
  },
];
