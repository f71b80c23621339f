import { expect } from 'chai';
import { isFull, partsAfter, partsToSend } from './parts-to-send.ts';

const upTo = (end: number) => Array.from({ length: end }, (_, part) => part);
const job = (phases: readonly number[], done: readonly number[] = []) => ({ phases, done: new Set(done) });

describe('the parts that are sent when a job begins', () => {
  for (const [name, phases, done, sent] of [
    ['the first eight', [20, 3], [], upTo(8)],
    ['all of a small phase, and none of the next', [3, 20], [], [0, 1, 2]],
    ['the first open one of each lane', [20], [0, 1, 9, 8, 2], [16, 17, 10, 3, 4, 5, 6, 7]],
    ['those of the next phase if the first has ended', [2, 3], [0, 1], [2, 3, 4]],
    ['those of the first phase that has parts', [0, 3], [], [0, 1, 2]],
    ['the number after the last one if all have ended', [2, 1], [0, 1, 2], [3]],
    ['the number 0 if there are none', [0, 0], [], [0]],
  ] as const) {
    it(`are ${name}`, () => {
      expect(partsToSend(job(phases, done))).to.deep.equal(sent);
    });
  }
});

describe('the parts that are sent after one', () => {
  for (const [name, phases, done, part, sent] of [
    ['the next of its lane', [20], [3], 3, [11]],
    ['none after the last of its lane', [20], [3, 13], 13, []],
    ['none if the next has ended', [20], [3, 11], 3, []],
    ['the first eight of the next phase', [2, 20], [0, 1], 1, [2, 3, 4, 5, 6, 7, 8, 9]],
    ['those of the next phase that are open', [2, 4], [0, 1, 2, 4], 0, [3, 5]],
    ['none while its phase has open parts', [3, 4], [0, 1], 0, []],
    ['those of the phase after an empty one', [1, 0, 2], [0], 0, [1, 2]],
    ['none after the last phase', [1, 2], [0, 1, 2], 2, []],
    ['none after a number that is no part', [1, 2], [0], 3, []],
  ] as const) {
    it(`are ${name}`, () => {
      expect(partsAfter(job(phases, done), part)).to.deep.equal(sent);
    });
  }

  it('are never more than eight, whatever the order of the ends', () => {
    const phases = [19, 11];
    let done = new Set<number>();
    const out = new Set(partsToSend({ phases, done }));
    for (let turn = 0; out.size > 0; turn++) {
      const part = [...out][(turn * 5) % out.size] ?? 0;
      out.delete(part);
      done = new Set(done).add(part);
      for (const next of partsAfter({ phases, done }, part)) out.add(next);
      expect(out.size).to.be.at.most(8);
    }
    expect(isFull({ phases, done })).to.equal(true);
  });
});
