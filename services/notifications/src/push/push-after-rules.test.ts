import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import type { Push } from './create-push.ts';
import { pushAfterRules } from './push-after-rules.ts';

describe('a push after the rules', () => {
  const open = (push: Push) => {
    const counted: string[] = [];
    const timers = new Set<() => void>();
    const later = (_ms: number, run: () => void) => {
      timers.add(run);
      return () => void timers.delete(run);
    };
    const meter = { ...silentMeter, count: (name: string) => void counted.push(name) };
    return { push: pushAfterRules({ push, log: silentLog, meter, later }), counted, timers };
  };

  it('is waited for, and leaves no timer', async () => {
    const pushed: unknown[] = [];
    const { push, counted, timers } = open(async (entries) => void pushed.push(entries));
    await push([]);
    expect([pushed, counted, timers.size]).to.deep.equal([[[]], [], 0]);
  });

  it('fails no batch', async () => {
    const { push, counted } = open(() => Promise.reject(new Error('no table')));
    await push([]);
    expect(counted).to.deep.equal(['PushFailed']);
  });

  it('does not hold up a batch for ever', async () => {
    const { push, timers } = open(() => new Promise(() => {}));
    const ended = push([]);
    for (const run of timers) run();
    await ended;
  });
});
