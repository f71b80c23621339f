import { encodeLogEntry, OTHER_ACTION } from '@weir/aggregates';
import { decodeRecords } from '@weir/events';
import { expect } from 'chai';
import { eventText, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';
import { createHashEvent } from './event-hashes.ts';
import { IdWindow } from './id-window.ts';
import { forgetIds, planEntry } from './plan-entry.ts';

const WINDOW_SECONDS = 600;
const DAY_MS = 86_400_000;
const hashEvent = createHashEvent('secret');

describe('planning an entry', () => {
  /** Copies of one event that arrive these seconds after NOW. */
  const copiesAt = (...seconds: number[]) =>
    seconds.flatMap((second, i) =>
      decodeRecords(recordsOf([eventText({ id: 'x' })], { first: i + 1, arrival: NOW + second * 1000 })),
    );
  const contextWith = (window: IdWindow) => ({
    shardId: SHARD_ID,
    from: undefined,
    window,
    windowSeconds: WINDOW_SECONDS,
    hashEvent,
    nameFor: (action: string) => action,
    userActivity: true,
  });
  const planWith = (window: IdWindow, ...seconds: number[]) => planEntry(copiesAt(...seconds), contextWith(window));
  const arrivalOfX = (window: IdWindow) => {
    const hash = new Uint32Array(2);
    hashEvent('a', 'x', hash);
    return window.find(hash[0] ?? 0, hash[1] ?? 0);
  };

  it('counts a copy again once the window has passed since the counted one', () => {
    const plan = planWith(new IdWindow(WINDOW_SECONDS), 0, 600, 601, 700);
    expect(plan.content.outcomes).to.include({ counted: 2, duplicate: 2 });
  });

  const each = (...actions: string[]) =>
    decodeRecords(recordsOf(actions.map((action) => eventText({ id: 'x', action }))));

  it('knows events of different actions as different, also with the same id', () => {
    const plan = planEntry(each('a', 'b', 'a', 'b', 'c'), contextWith(new IdWindow(WINDOW_SECONDS)));
    expect(plan.content.outcomes).to.include({ counted: 3, duplicate: 2 });
  });

  it('knows events of actions over the limit by their own actions', () => {
    const context = { ...contextWith(new IdWindow(WINDOW_SECONDS)), nameFor: () => OTHER_ACTION };
    const before = planEntry(each('a', 'b', 'a'), context);
    expect(before.content.outcomes).to.include({ other: 2, duplicate: 1 });
    const raised = planEntry(each('a', 'b', 'c'), { ...context, nameFor: (action) => action });
    expect(raised.content.outcomes).to.include({ counted: 1, duplicate: 2 });
  });

  it('leaves the window as it was if its entry is not appended', () => {
    const empty = new IdWindow(WINDOW_SECONDS);
    forgetIds(empty, planWith(empty, 0, 601));
    expect([arrivalOfX(empty), empty.size]).to.deep.equal([-1, 0]);

    const window = new IdWindow(WINDOW_SECONDS);
    planWith(window, 0);
    forgetIds(window, planWith(window, 590, 700, 1400));
    expect(arrivalOfX(window)).to.equal(NOW / 1000);
    expect(planWith(window, 590).content.outcomes).to.include({ counted: 0, duplicate: 1 });
  });

  it('takes a limited part of very many refusals, and leaves the rest to the next entry', () => {
    const flood = recordsOf(Array(4).fill(`${'1\n'.repeat(29_999)}{}`));
    const items = decodeRecords(flood);
    const plan = planEntry(items, contextWith(new IdWindow(WINDOW_SECONDS)));
    const characters = plan.quarantineLines.reduce((sum, line) => sum + line.length, 0);
    expect(characters).to.be.within(16 * 1024 * 1024, 17 * 1024 * 1024);
    expect(plan.taken).to.equal(plan.quarantineLines.length);
    expect(plan.taken).to.be.below(items.length);
  });

  it('fits into an item of the table, whatever the number of users and days', () => {
    const texts = Array.from({ length: 12_000 }, (_, i) =>
      eventText({ id: `${i}`, userId: `${i % 9_000}`, action: `a${i % 50}`, timestamp: NOW - (i % 300) * DAY_MS }),
    );
    const items = decodeRecords(recordsOf(texts));
    const { content, taken } = planEntry(items, contextWith(new IdWindow(WINDOW_SECONDS)));
    expect(taken).to.be.within(2_000, 11_000);
    const header = { appendedAt: NOW, archive: undefined, quarantine: undefined };
    expect(encodeLogEntry({ ...content, ...header }).length).to.be.below(360 * 1024);
  });

  it('ends with the hour of arrival', () => {
    const plan = planWith(new IdWindow(WINDOW_SECONDS), 0, 1799, 1800);
    expect(plan.taken).to.equal(2);
  });
});
