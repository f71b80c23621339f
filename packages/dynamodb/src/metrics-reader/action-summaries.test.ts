import { type ActionDelta, encodeAllTimeRow, type LogEntry } from '@weir/aggregates';
import { expect } from 'chai';
import type { Tail } from '../log-tails/log-tails.ts';
import { NOTHING_FOLDED, type StoredRow } from '../metrics-store/metrics-store.ts';
import { summariseActions } from './action-summaries.ts';

interface Counted {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const counted = (count: number, first: number, last: number): Counted => ({ count, first, last });
const row = (action: string, upTo: number, { logId = '1.0', ...body }: Counted & { logId?: string }): StoredRow => {
  return { key: { kind: 'all', subject: action, bucket: 0, logId }, upTo, body: encodeAllTimeRow(body) };
};

/** A tail whose entries, from 0 on, count this. Folded entries are kept for a while. */
function tail(entries: readonly Record<string, Counted>[], watermark = -1, logId = '1.0'): Tail {
  return {
    item: { logId, parents: [], watermark: { ...NOTHING_FOLDED, number: watermark } },
    base: -1,
    entries: entries.map((actions, number) => {
      const delta = new Map(
        Object.entries(actions).map(([action, { count, first, last }]) => {
          return [action, { first, last, minutes: new Map([[0, { count }]]) } as unknown as ActionDelta];
        }),
      );
      return { number, entry: { delta } as unknown as LogEntry, bytes: 1 };
    }),
  };
}

describe('everything that was counted of each action', () => {
  it('is nothing before the first event', () => {
    expect(summariseActions([], [])).to.deep.equal([]);
  });

  it('is the content of the rows of all logs, in order of name', () => {
    const rows = [
      row('b', 3, counted(2, 5, 9)),
      row('a', 3, counted(1, 1, 1)),
      row('b', 7, { ...counted(3, 4, 6), logId: '1.1' }),
    ];
    expect(summariseActions(rows, [])).to.deep.equal([
      { action: 'a', count: 1, firstSeen: 1, lastSeen: 1 },
      { action: 'b', count: 5, firstSeen: 4, lastSeen: 9 },
    ]);
  });

  it('has each entry once: entries that a row holds are not added, whatever the watermark is', () => {
    const entries = [{ a: counted(1, 1, 1) }, { a: counted(10, 2, 2) }, { a: counted(100, 3, 3) }];
    const [found] = summariseActions([row('a', 1, counted(11, 1, 2))], [tail(entries, 0)]);
    expect(found).to.deep.equal({ action: 'a', count: 111, firstSeen: 1, lastSeen: 3 });
  });

  it('is only what waits in the logs, for an action without a row', () => {
    const entries = [{ new: counted(1, 1, 1) }, { new: counted(10, 2, 2) }];
    // Folded entries are in rows, and this action has no row: it was not in them.
    expect(summariseActions([], [tail(entries, 0)])).to.deep.equal([
      { action: 'new', count: 10, firstSeen: 2, lastSeen: 2 },
    ]);
  });

  it('tells logs apart: a row of one log does not stand for entries of another', () => {
    const rows = [row('a', 5, counted(1, 5, 5))];
    const tails = [tail([{ a: counted(10, 1, 9) }], -1, '1.1'), tail([{ a: counted(100, 1, 9) }], -1)];
    expect(summariseActions(rows, tails)[0]?.count).to.equal(11);
  });
});
