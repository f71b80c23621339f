import { type Alert, type AlertRule, BUCKET_MS } from '@weir/alerts';
import type { StoredEntry } from '@weir/dynamodb';
import { type AlertsState, emptyAlertsState, MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, type CountedEvent, countingEntry } from '@weir/dynamodb/memory/counted';
import { expect } from 'chai';
import { createEvaluator, type Evaluate } from './evaluate-batch.ts';

const MINUTE = BUCKET_MS.minute;
const HOUR = BUCKET_MS.hour;
const DAY = BUCKET_MS.day;
/** The start of an hour. */
const START = 1_764_000_000_000;
const LOG = '1764000000.0';

const RULE = {
  ...{ name: 'many', action: 'checkout', field: 'count', interval: 'minute', comparison: 'above', threshold: 2 },
  ...{ lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, channels: [{ type: 'webhook' }] },
  ...{ id: 'a1', revision: 1, since: START, createdAt: START, updatedAt: START, state: { version: 0 } },
} as const satisfies Alert;

describe('the evaluation of rules', () => {
  let now: number;
  let state: AlertsState;
  let alerts: MemoryAlertsStore;
  let metrics: MemoryMetricsStore;
  let calls: string[];
  let evaluate: Evaluate;
  const another = () => {
    const counted = new MemoryMetricsStore(async (operation) => void calls.push(operation), metrics.items);
    return createEvaluator({ counts: counted, alerts, now: () => now });
  };
  beforeEach(async () => {
    now = START;
    calls = [];
    state = emptyAlertsState();
    alerts = new MemoryAlertsStore(async () => {}, state);
    metrics = new MemoryMetricsStore();
    await metrics.register(LOG, []);
    evaluate = another();
  });

  const make = (more: Partial<Alert> = {}) => alerts.create({ ...RULE, ...more });
  const events = (count: number, at: number, more: Partial<CountedEvent> = {}) =>
    Array.from({ length: count }, () => ({ action: 'checkout', at, ...more }));

  /** Appends an entry that arrives now, and returns it as the table's stream does. */
  async function appended(list: readonly CountedEvent[], arrival = now, logId = LOG): Promise<StoredEntry> {
    const number = (await metrics.readAfter(logId, -1)).length;
    await append(metrics, logId, countingEntry(number, list, arrival));
    const [entry] = await metrics.readAfter(logId, number - 1);
    return entry as StoredEntry;
  }
  const arrive = async (count: number, at: number, more: Partial<CountedEvent> = {}) => {
    await evaluate({ entries: [await appended(events(count, at, more))], closedUpTo: undefined });
  };
  /** The progress comes, some seconds after the time up to which it closes. */
  const close = async (closedUpTo: number) => {
    now = Math.max(now, closedUpTo + 5000);
    await evaluate({ entries: [], closedUpTo });
  };
  const firings = () =>
    [...state.firings.values()]
      .map(({ alertId, bucket, value, notified }) => [alertId, (bucket.start - START) / MINUTE, value, notified])
      .sort((a, b) => Number(a[1]) - Number(b[1]) || (String(a[0]) < String(b[0]) ? -1 : 1));

  it('fires while the bucket is open once a count is above its limit, once', async () => {
    await make();
    now = START + 10_000;
    await arrive(2, START + 1000);
    expect(firings()).to.deep.equal([]);
    await arrive(1, START + 2000);
    await arrive(5, START + 3000);
    expect(firings()).to.deep.equal([['a1', 0, 3, true]]);
    const [firing] = state.firings.values();
    expect(firing).to.deep.equal({
      ...{
        id: `a1-${START}`,
        alertId: 'a1',
        revision: 1,
        value: 3,
        count: 3,
        late: false,
        notified: true,
        firedAt: now,
      },
      rule: {
        ...{ name: 'many', action: 'checkout', field: 'count', comparison: 'above', threshold: 2 },
        channels: [{ type: 'webhook' }],
      },
      ...{ bucket: { start: START, end: START + MINUTE, interval: 'minute', closed: false }, asOf: now },
    });
    await close(START + 2 * MINUTE);
    expect(firings()).to.have.length(1);
  });

  it('judges everything else when the bucket has closed', async () => {
    await make({ id: 'below', comparison: 'below', threshold: 2 });
    await make({ id: 'mean', field: 'mean', threshold: 5 });
    await arrive(1, START, { value: 9 });
    await close(START + 2 * MINUTE - 1);
    expect(firings()).to.deep.equal([]);
    await close(START + 2 * MINUTE);
    expect(firings()).to.deep.equal([
      ['below', 0, 1, true],
      ['mean', 0, 9, true],
    ]);
    expect([...state.firings.values()].every(({ bucket }) => bucket.closed)).to.equal(true);
  });

  it('merges the actions of a prefix, and of all, into one series', async () => {
    await make({ id: 'prefix', action: 'check*' });
    await make({ id: 'all', action: '*', threshold: 3 });
    const list = ['checkout', 'check.in', 'check.out', 'other'].map((action) => ({ action, at: START }));
    await evaluate({ entries: [await appended(list)], closedUpTo: undefined });
    expect(firings()).to.deep.equal([
      ['all', 0, 4, true],
      ['prefix', 0, 3, true],
    ]);
  });

  it('tells a silence of which no entry tells', async () => {
    await make({ comparison: 'silent' });
    await close(START + 3 * MINUTE);
    expect(firings()).to.deep.equal([
      ['a1', 0, 0, true],
      ['a1', 1, 0, false],
    ]);
    expect(state.alerts.get('a1')?.state.episode).to.deep.equal({ bucket: START, latest: START + MINUTE, told: START });
  });

  it('recovers with the first later closed bucket for which the rule is false', async () => {
    await make();
    await arrive(3, START);
    now = START + 70_000;
    await arrive(2, START + MINUTE);
    await close(START + 2 * MINUTE);
    expect(state.alerts.get('a1')?.state.episode).to.be.an('object');
    await close(START + 3 * MINUTE);
    expect(state.alerts.get('a1')?.state).to.deep.equal({ version: 2, lastNotifiedAt: START });
    const { recovery } = state.firings.get(`a1-${START}`) ?? {};
    expect(recovery).to.deep.include({ value: 2, count: 2, recoveredAt: now, late: false });
    expect(recovery?.bucket).to.deep.include({ start: START + MINUTE, closed: true });
    await close(START + 4 * MINUTE);
    now = START + 4 * MINUTE;
    await arrive(3, now);
    expect(firings().at(-1)).to.deep.equal(['a1', 4, 3, true]);
  });

  it('recovers from a silence, or from too few, with the first open bucket that passes', async () => {
    await make({ id: 'silent', comparison: 'silent' });
    await make({ id: 'few', comparison: 'below', threshold: 2 });
    await close(START + 2 * MINUTE);
    expect(state.firings.size).to.equal(2);
    await arrive(1, now);
    expect(state.firings.get(`silent-${START}`)?.recovery?.bucket).to.deep.include({ closed: false });
    expect(state.firings.get(`few-${START}`)?.recovery).to.equal(undefined);
    await arrive(1, now);
    expect(state.firings.get(`few-${START}`)?.recovery).to.deep.include({ value: 2 });
  });

  it('never takes a firing back, but late events may end it', async () => {
    await make({ comparison: 'below', threshold: 2 });
    await close(START + 2 * MINUTE);
    await arrive(2, START);
    expect(state.firings.get(`a1-${START}`)?.recovery).to.deep.include({ value: 2 });
    expect(firings()).to.deep.equal([['a1', 0, 0, true]]);
  });

  it('judges no bucket of the future, and none of long ago', async () => {
    await make({ since: 0 });
    await make({ id: 'hours', interval: 'hour', since: 0 });
    await close(START);
    await arrive(9, START + 23 * HOUR);
    const days = Array.from({ length: 30 }, (_, day) => events(9, START - day * DAY - 4 * HOUR)).flat();
    await evaluate({ entries: [await appended(days)], closedUpTo: undefined });
    await close(START + 3 * MINUTE);
    expect(firings()).to.deep.equal([]);
    // It has begun, and the one before ended two intervals and a minute ago at most.
    now = START + 23 * HOUR;
    await arrive(9, START + 20 * HOUR);
    expect(firings()).to.deep.equal([['hours', 20 * 60, 9, true]]);
    await arrive(1, START + 23 * HOUR);
    expect(firings()).to.have.length(3);
  });

  it('compares with the bucket before, and with those of a day and a week ago', async () => {
    for (const [id, to] of [
      ['p', 'previous'],
      ['d', 'day'],
      ['w', 'week'],
    ] as const) {
      const { threshold: _threshold, ...rule } = RULE;
      await alerts.create({ ...rule, id, relative: { to, percent: 100, minCount: 5 } });
    }
    for (const ago of [7 * DAY, DAY, MINUTE]) await appended(events(2, START - ago), START - ago);
    await close(START);
    await arrive(5, START);
    // The minute before has not closed yet.
    expect(firings().map(([id]) => id)).to.have.members(['d', 'w']);
    await close(START + 2 * MINUTE);
    expect(firings().map(([id]) => id)).to.have.members(['d', 'w', 'p']);
    expect(state.firings.get(`w-${START}`)).to.deep.include({ value: 5, baseline: 2 });
  });

  it('tells nobody while muted or in cool-down', async () => {
    await make({ id: 'muted', mutedUntil: START + DAY });
    await make({ id: 'cool', repeat: 'cooldown' });
    for (const minute of [0, 1, 10]) {
      now = START + minute * MINUTE;
      await arrive(3, now);
    }
    expect(firings().filter(([id]) => id === 'cool')).to.deep.equal([
      ['cool', 0, 3, true],
      ['cool', 1, 3, false],
      ['cool', 10, 3, true],
    ]);
    expect(firings().filter(([id, , , notified]) => id === 'muted' && notified)).to.deep.equal([]);
  });

  it('begins with `since`, and leaves out rules that are switched off', async () => {
    await make({ id: 'new', since: START + MINUTE });
    await make({ id: 'off', enabled: false });
    await arrive(3, START);
    await close(START + 2 * MINUTE);
    expect(firings()).to.deep.equal([]);
    expect(state.cursor?.lastEvaluated.size).to.equal(0);
  });

  it('judges each bucket since the cursor after an outage, of the last 24 hours, and says that it is late', async () => {
    await make({ comparison: 'silent', lateSeconds: 0 });
    await close(START + MINUTE);
    const outage = DAY + HOUR;
    now = START + outage;
    evaluate = another();
    await close(START + outage);
    const found = [...state.firings.values()].map(({ bucket, late }) => [bucket.start, late] as const);
    expect(found.filter(([, late]) => late)).to.have.length(1440 - 5);
    expect(found.find(([, late]) => late)?.[0]).to.equal(START + HOUR);
    expect(found).to.have.length(1441);
  });

  it('judges none that closed more than 24 hours ago, though the progress is as old', async () => {
    await make({ comparison: 'silent', lateSeconds: 0 });
    await close(START + MINUTE);
    now = START + DAY + HOUR;
    for (const hours of [1, 2]) await evaluate({ entries: [], closedUpTo: START + hours * HOUR });
    const starts = [...state.firings.values()].map(({ bucket }) => bucket.start);
    expect(starts).to.deep.equal([START, ...Array.from({ length: 60 }, (_, at) => START + HOUR + at * MINUTE)]);
  });

  it('goes on where an execution died, and repeats nothing', async () => {
    await make({ comparison: 'silent' });
    await close(START + 2 * MINUTE);
    const cursor = state.cursor;
    await close(START + 4 * MINUTE);
    state.cursor = cursor;
    const before = firings();
    evaluate = another();
    await close(START + 4 * MINUTE);
    expect(firings()).to.deep.equal(before);
    expect(state.cursor).to.deep.include({ evaluatedUpTo: START + 4 * MINUTE });
  });

  it('goes on where another instance is further, up to what it was asked for', async () => {
    await make({ comparison: 'silent' });
    await close(START + MINUTE);
    const { cursor } = state;
    const moveCursor = alerts.moveCursor.bind(alerts);
    alerts.moveCursor = async (moved) => {
      const other = { ...moved, evaluatedUpTo: START + 20 * MINUTE };
      alerts.moveCursor = moveCursor;
      await alerts.moveCursor(other);
      return alerts.moveCursor(moved);
    };
    expect(cursor?.evaluatedUpTo).to.equal(START + MINUTE);
    await close(START + 30 * MINUTE);
    expect(state.cursor?.evaluatedUpTo).to.equal(START + 30 * MINUTE);
    expect(state.firings.size).to.equal(29);
  });

  it('notes what each rule judged last', async () => {
    await make();
    await make({ id: 'mean', field: 'mean' });
    await arrive(2, START);
    await close(START + 3 * MINUTE);
    expect(state.cursor?.lastEvaluated).to.deep.equal(
      new Map([
        ['a1', { bucket: START + MINUTE, value: 0, at: now }],
        ['mean', { bucket: START + MINUTE, value: null, at: now }],
      ]),
    );
  });

  describe('of a rule that changes in the meantime', () => {
    const change = (more: Partial<AlertRule>) => alerts.update({ ...RULE, ...more }, { revision: 1 });
    const meanwhile = async (work: () => Promise<unknown>) => {
      await make();
      let isDone = false;
      const store = new MemoryAlertsStore(async () => {}, state);
      const changing = Object.assign(Object.create(store), {
        async fire(...args: Parameters<MemoryAlertsStore['fire']>) {
          if (!isDone) await work();
          isDone = true;
          return store.fire(...args);
        },
        all: store.all.bind(store),
        find: (id: string) => store.find(id),
        readCursor: () => store.readCursor(),
        moveCursor: (cursor: never) => store.moveCursor(cursor),
      });
      evaluate = createEvaluator({ counts: metrics, alerts: changing, now: () => now });
      await arrive(3, START);
    };

    it('fires nothing after it was removed', async () => {
      await meanwhile(() => alerts.remove('a1'));
      expect(firings()).to.deep.equal([]);
    });

    it('judges it as it is then', async () => {
      await meanwhile(() => change({ threshold: 3 }));
      expect(firings()).to.deep.equal([]);
      await arrive(1, START);
      expect(state.firings.get(`a1-${START}`)).to.deep.include({ revision: 2, value: 4 });
    });

    it('tells it once if another instance fires another bucket', async () => {
      const other = { version: 1, episode: { bucket: START - MINUTE, latest: START - MINUTE, told: START - MINUTE } };
      await meanwhile(async () => state.alerts.set('a1', { ...RULE, since: START - MINUTE, state: other }));
      expect(firings()).to.deep.equal([['a1', 0, 3, false]]);
    });
  });

  it('asks the metrics with as many queries for a thousand rules as for one', async () => {
    const queriesOf = async (rules: number) => {
      for (let at = 0; at < rules; at++) await make({ id: `r${at}`, threshold: at * 10 });
      evaluate = another();
      await close(now);
      calls = [];
      for (let batch = 0; batch < 5; batch++) await arrive(1, now);
      await close(now);
      return [...calls];
    };
    const of1 = await queriesOf(1);
    expect(of1).to.deep.equal(Array.from({ length: 6 }, () => ['list', 'readAfter']).flat());
    expect(await queriesOf(1000)).to.deep.equal(of1);
  });

  it('notes what has closed although there is no rule: the first one then does not wait', async () => {
    await close(START + MINUTE);
    expect(state.cursor).to.deep.include({ evaluatedUpTo: START + MINUTE });
    await arrive(1, START);
    expect(calls).to.deep.equal([]);
  });

  it('asks nothing if no rule looks at an entry', async () => {
    await make({ action: 'other' });
    await arrive(1, START);
    expect(calls).to.deep.equal([]);
  });
});
