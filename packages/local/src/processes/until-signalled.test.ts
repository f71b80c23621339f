import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { untilSignalled } from './until-signalled.ts';

/** The signals and the milliseconds at which they come; the number of the one that ends the process at once. */
function endsAtOnce(signals: readonly (readonly [NodeJS.Signals, number])[], runByNpm: boolean): number | undefined {
  let exited: number | undefined;
  let time = 0;
  const own = Object.assign(new EventEmitter(), {
    exit: (code: number) => {
      if (code === 130) exited ??= time;
    },
  });
  void untilSignalled({ own, runByNpm, now: () => time });
  for (const [signal, at] of signals) {
    time = at;
    own.emit(signal);
  }
  return exited;
}

describe('the end by signals', () => {
  for (const [what, runByNpm, signals, expected] of [
    ['one Ctrl-C', false, [['SIGINT', 0]], undefined],
    [
      'a second Ctrl-C, however soon',
      false,
      [
        ['SIGINT', 0],
        ['SIGINT', 80],
      ],
      80,
    ],
    [
      'one Ctrl-C under npm, which passes it on',
      true,
      [
        ['SIGINT', 0],
        ['SIGINT', 4],
      ],
      undefined,
    ],
    [
      'one Ctrl-C under npm on a busy machine',
      true,
      [
        ['SIGINT', 0],
        ['SIGINT', 200],
      ],
      undefined,
    ],
    [
      'a second Ctrl-C under npm, as fast as fingers are',
      true,
      [
        ['SIGINT', 0],
        ['SIGINT', 3],
        ['SIGINT', 120],
        ['SIGINT', 123],
      ],
      120,
    ],
    [
      'a second Ctrl-C under an npm that passes nothing on',
      true,
      [
        ['SIGINT', 0],
        ['SIGINT', 400],
      ],
      400,
    ],
    [
      'a terminal that is closed',
      false,
      [
        ['SIGHUP', 0],
        ['SIGHUP', 2],
        ['SIGTERM', 3],
      ],
      undefined,
    ],
  ] as const) {
    it(`is ${expected === undefined ? 'in order' : 'at once'} for ${what}`, () => {
      expect(endsAtOnce(signals, runByNpm)).to.equal(expected);
    });
  }

  it('begins with the first', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      const own = Object.assign(new EventEmitter(), { exit: () => {} });
      const signalled = untilSignalled({ own, runByNpm: true });
      own.emit(signal);
      await signalled;
    }
  });
});
