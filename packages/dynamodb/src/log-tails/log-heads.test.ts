import type { ActionDelta, LogEntry } from '@weir/aggregates';
import { expect } from 'chai';
import { NOTHING_FOLDED } from '../metrics-store/metrics-store.ts';
import { headsOf, isTouchedSince } from './log-heads.ts';
import type { Tail } from './log-tails.ts';

const MINUTE = 60_000;

/** A tail whose entries, from the one after `base`, each count one event of an action in a minute. */
function tailOf(logId: string, base: number, counted: readonly (readonly [action: string, minute: number])[]): Tail {
  const entries = counted.map(([action, minute], index) => {
    const delta = new Map([[action, { minutes: new Map([[minute, {}]]) } as unknown as ActionDelta]]);
    return { number: base + 1 + index, entry: { delta } as unknown as LogEntry, bytes: 1 };
  });
  return { item: { logId, parents: [], watermark: NOTHING_FOLDED }, base, entries };
}

describe('how far logs were read', () => {
  it('is their last entry, or where the tail begins', () => {
    const tails = [
      tailOf('1.0', 4, [
        ['a', 1],
        ['a', 2],
      ]),
      tailOf('1.1', 7, []),
      tailOf('1.2', -1, []),
    ];
    expect(headsOf(tails)).to.deep.equal({ '1.0': 6, '1.1': 7, '1.2': -1 });
  });
});

describe('whether a range was touched since', () => {
  const query = { action: 'a', from: 10 * MINUTE, to: 20 * MINUTE };
  const cases: [what: string, tails: Tail[], isTouched: boolean][] = [
    [
      'nothing was appended',
      [
        tailOf('1.0', -1, [
          ['a', 10],
          ['a', 11],
        ]),
      ],
      false,
    ],
    [
      'an entry counts the action in it',
      [
        tailOf('1.0', -1, [
          ['b', 1],
          ['b', 1],
          ['a', 10],
        ]),
      ],
      true,
    ],
    ['an entry counts in its last minute', [tailOf('1.0', 1, [['a', 19]])], true],
    ['an entry counts before it', [tailOf('1.0', 1, [['a', 9]])], false],
    ['an entry counts after it', [tailOf('1.0', 1, [['a', 20]])], false],
    ['an entry counts another action', [tailOf('1.0', 1, [['b', 15]])], false],
    ['what was appended is no longer held', [tailOf('1.0', 2, [])], true],
    ['a log is new and counts elsewhere', [tailOf('1.0', 1, []), tailOf('1.1', -1, [['a', 1]])], false],
    ['a log is new and counts in it', [tailOf('1.0', 1, []), tailOf('1.1', -1, [['a', 15]])], true],
    ['a log is new and its beginning is not held', [tailOf('1.0', 1, []), tailOf('1.1', 0, [])], true],
  ];
  for (const [what, tails, isTouched] of cases) {
    it(`${isTouched ? 'is' : 'is not'} if ${what}`, () => {
      expect(isTouchedSince(query, { '1.0': 1 }, tails)).to.equal(isTouched);
    });
  }
});
