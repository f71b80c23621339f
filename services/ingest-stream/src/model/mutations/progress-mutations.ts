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
    file: 'progress/closed-up-to.ts',
    find: 'if (isEnd) return Number.POSITIVE_INFINITY;',
    replace: 'if (isEnd || shard.parents.length > 0) return Number.POSITIVE_INFINITY;',
  },
  {
    name: 'the progress is the time after its reads',
    file: 'progress/closed-up-to.ts',
    find: 'Math.min(calledAt, ...bounds)',
    replace: 'Math.min(now(), ...bounds.map((bound) => (bound === calledAt ? now() : bound)))',
  },
  {
    name: 'the progress is by the clock of the sweep, without slack',
    file: 'progress/closed-up-to.ts',
    find: 'export const ARRIVAL_SLACK_MS = 5000;',
    replace: 'export const ARRIVAL_SLACK_MS = 0;',
  },
  {
    name: 'the progress takes an answer without records as the tip',
    file: 'progress/closed-up-to.ts',
    find: 'if (isTip) return calledAt;',
    replace: 'if (isTip || records.length === 0) return calledAt;',
  },
  {
    name: 'the progress looks at logs alone, so a quiet shard holds it back',
    file: 'progress/closed-up-to.ts',
    find: 'if (isTip) return calledAt;',
    replace: 'if (isTip) return head.arrival ?? calledAt;',
  },
  {
    name: 'the progress may go back',
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: 'if (before && before.closedUpTo >= progress.closedUpTo) return false;',
    replace: 'void before;',
  },
];
