import type { LogItem, LogStore, StoredEntry } from '@weir/dynamodb';
import { expect } from 'chai';
import { readHeads } from './log-heads.ts';

const at = (sequence: number) => ({ sequenceNumber: `${sequence}`, index: 0 });

function storeOf(
  watermark: LogItem['watermark'],
  entries: readonly number[],
): Pick<LogStore, 'list' | 'readBackwards'> {
  return {
    list: async () => [{ logId: '1.0', parents: [], watermark }],
    async *readBackwards() {
      for (const number of entries) yield { number, header: { to: at(number), lastArrival: number } } as StoredEntry;
    },
  };
}

describe('the head of a log', () => {
  const folded = { number: 5, position: at(5), arrival: 5 };
  for (const [name, watermark, entries, head] of [
    ['the newest entry', folded, [7, 6], 7],
    ['the watermark if all entries have expired', folded, [], 5],
    ['the watermark if only an older entry has not been removed yet', folded, [3], 5],
  ] as const) {
    it(`is ${name}`, async () => {
      const expected = { logId: '1.0', parents: [], number: head, position: at(head), lastArrival: head };
      expect(await readHeads(storeOf(watermark, entries))).to.deep.equal([expected]);
    });
  }

  it('is before the first entry if there is none', async () => {
    const [head] = await readHeads(storeOf({ number: -1, position: undefined, arrival: undefined }, []));
    expect(head).to.deep.include({ number: -1, position: undefined, lastArrival: undefined });
  });
});
