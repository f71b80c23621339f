import { UnknownFormatError } from '@weir/aggregates';
import { expect } from 'chai';
import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { append, countingEntry, raise } from '../testing/counted-log.ts';
import { createLogTails, type LogTails } from './log-tails.ts';

const LOG = '1.0';
const MINUTE_MS = 60_000;

describe('the tails of the logs', () => {
  let store: MemoryMetricsStore;
  let tails: LogTails;
  let time: number;
  let calls: string[];
  let isBroken: boolean;
  beforeEach(async () => {
    calls = [];
    isBroken = false;
    store = new MemoryMetricsStore(async (operation) => {
      calls.push(operation);
      if (isBroken && operation === 'readAfter') throw new Error('throttled');
    });
    time = 1_764_000_000_000;
    tails = createLogTails({ store, now: () => time });
    await store.register(LOG, []);
  });

  const add = (number: number, logId = LOG) => append(store, logId, countingEntry(number, [{ action: 'a', at: 0 }]));
  /** What a refresh tells of each log: where the tail begins, and the entries in it. */
  const refresh = async () => {
    const { tails: found, forgotten } = await tails.refresh();
    const logs = found.map(({ item, base, entries }) => [item.logId, base, entries.map(({ number }) => number)]);
    return { logs, forgotten };
  };

  it('begin at the watermarks, and grow by what was appended since', async () => {
    for (const number of [0, 1, 2]) await add(number);
    await raise(store, LOG, 0);
    expect(await refresh()).to.deep.equal({ logs: [[LOG, 0, [1, 2]]], forgotten: true });
    await add(3);
    expect(await refresh()).to.deep.equal({ logs: [[LOG, 0, [1, 2, 3]]], forgotten: false });
    expect(await refresh()).to.deep.equal({ logs: [[LOG, 0, [1, 2, 3]]], forgotten: false });
  });

  it('keep an entry as it was read: no query decodes it again', async () => {
    await add(0);
    const [first] = (await tails.refresh()).tails;
    await add(1);
    const [second] = (await tails.refresh()).tails;
    expect(second?.entries[0]?.entry).to.equal(first?.entries[0]?.entry);
  });

  it('read the items of the logs before the entries', async () => {
    await add(0);
    calls = [];
    await refresh();
    expect(calls).to.deep.equal(['list', 'readAfter']);
  });

  it('keep entries that were folded meanwhile, so that rows which were kept before stay valid', async () => {
    for (const number of [0, 1]) await add(number);
    await refresh();
    await raise(store, LOG, 1);
    expect(await refresh()).to.deep.equal({ logs: [[LOG, -1, [0, 1]]], forgotten: false });
  });

  it('begin anew at a watermark that is past what was held: rows may hold entries that were never seen', async () => {
    await add(0);
    await refresh();
    for (const number of [1, 2, 3]) await add(number);
    await raise(store, LOG, 2);
    expect(await refresh()).to.deep.equal({ logs: [[LOG, 2, [3]]], forgotten: false });
  });

  it('forget everything when a log is new', async () => {
    await add(0);
    await refresh();
    await store.register('1.1', [LOG]);
    await add(0, '1.1');
    const { logs, forgotten } = await refresh();
    expect(forgotten).to.equal(true);
    expect(logs).to.deep.equal([
      [LOG, -1, [0]],
      ['1.1', -1, [0]],
    ]);
    expect((await refresh()).forgotten).to.equal(false);
  });

  for (const [minutes, forgotten] of [
    [15, false],
    [15.001, true],
  ] as const) {
    it(`are ${forgotten ? 'forgotten' : 'kept'} after ${minutes} minutes without a query`, async () => {
      await add(0);
      await refresh();
      time += minutes * MINUTE_MS;
      expect((await refresh()).forgotten).to.equal(forgotten);
    });
  }

  it('hold at most 4 MB of folded entries, the newest ones, and all that are not folded', async () => {
    const large = countingEntry(
      0,
      Array.from({ length: 4_000 }, (_, at) => ({ action: `a${at}`, at: at * MINUTE_MS, userId: `u${at}` })),
    ).body;
    const count = Math.ceil((4 * 1024 * 1024) / large.length) + 2;
    for (let number = 0; number < count; number++) await append(store, LOG, { number, body: large });
    await refresh();
    const last = count - 1;
    await raise(store, LOG, last - 1);
    await tails.refresh();
    const [tail] = (await tails.refresh()).tails;
    const folded = tail?.entries.filter(({ number }) => number < last) ?? [];
    const bytes = folded.reduce((sum, entry) => sum + entry.bytes, 0);
    expect(bytes).to.be.within(4 * 1024 * 1024 - large.length, 4 * 1024 * 1024);
    expect(tail?.entries.at(-1)?.number).to.equal(last);
    // What was let go of has to be in rows.
    expect(tail?.base).to.equal((tail?.entries[0]?.number ?? 0) - 1);
  });

  it('fail on an entry that cannot be decoded, each time, and not only the query that meets it', async () => {
    await add(0);
    await refresh();
    await append(store, LOG, { number: 1, body: Uint8Array.of(9) });
    for (const _ of [1, 2]) {
      expect(await tails.refresh().catch((error: unknown) => error)).to.be.instanceOf(UnknownFormatError);
    }
  });

  it('are as before after a read that failed', async () => {
    await add(0);
    await refresh();
    await add(1);
    isBroken = true;
    expect(await tails.refresh().catch((error: Error) => error.message)).to.equal('throttled');
    isBroken = false;
    expect(await refresh()).to.deep.equal({ logs: [[LOG, -1, [0, 1]]], forgotten: false });
  });
});
