import type { LogEntry } from '@weir/aggregates';
import { expect } from 'chai';
import { countedUpTo } from './counted-up-to.ts';
import type { Tail } from './log-tails.ts';

interface Log {
  readonly logId: string;
  readonly parents?: readonly string[];
  /** The last arrival in the tail, and in the folded entries. */
  readonly tail?: number;
  readonly folded?: number;
}

function tailOf({ logId, parents = [], tail, folded }: Log): Tail {
  const watermark = { number: folded === undefined ? -1 : 0, position: undefined, arrival: folded };
  const entries = tail === undefined ? [] : [{ number: 1, entry: { lastArrival: tail } as LogEntry, bytes: 1 }];
  return { item: { logId, parents, watermark }, base: watermark.number, entries };
}

describe('the arrival up to which everything is counted', () => {
  const cases: { name: string; logs: Log[]; expected: number | undefined }[] = [
    { name: 'is unknown before the first record', logs: [], expected: undefined },
    { name: 'is unknown while a shard has only been opened', logs: [{ logId: '1.0' }], expected: undefined },
    { name: 'is the last arrival in the log', logs: [{ logId: '1.0', folded: 5, tail: 7 }], expected: 7 },
    { name: 'is the last arrival in the rows, once all is folded', logs: [{ logId: '1.0', folded: 5 }], expected: 5 },
    {
      name: 'is that of the slowest shard',
      logs: [
        { logId: '1.0', tail: 9 },
        { logId: '1.1', tail: 4 },
      ],
      expected: 4,
    },
    {
      name: 'leaves out shards that were split or merged',
      logs: [
        { logId: '1.0', tail: 3 },
        { logId: '1.1', parents: ['1.0'], tail: 8 },
      ],
      expected: 8,
    },
    {
      name: 'is the end of the parents while a child has no entry',
      logs: [
        { logId: '1.0', tail: 3 },
        { logId: '1.1', tail: 2 },
        { logId: '1.2', parents: ['1.0', '1.1'] },
      ],
      expected: 2,
    },
    {
      name: 'leaves out a stream that was made anew',
      logs: [
        { logId: '1.0', tail: 3 },
        { logId: '9.0', tail: 8 },
      ],
      expected: 8,
    },
  ];
  for (const { name, logs, expected } of cases) {
    it(name, () => expect(countedUpTo(logs.map(tailOf))).to.equal(expected));
  }
});
