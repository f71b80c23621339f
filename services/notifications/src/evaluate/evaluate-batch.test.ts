import { BUCKET_MS } from '@weir/alerts';
import { expect } from 'chai';
import { EvaluatorRoom, MINUTE, START } from '../testing/evaluator-room.ts';

const HOUR = BUCKET_MS.hour;
const DAY = BUCKET_MS.day;

describe('the evaluation of rules', () => {
  let room: EvaluatorRoom;
  beforeEach(() => {
    room = new EvaluatorRoom();
  });

  const eventsAt = (at: number, count: number) => Array.from({ length: count }, () => ({ action: 'checkout', at }));
  const firings = (id?: string) =>
    [...room.state.firings.values()]
      .filter(({ alertId }) => id === undefined || alertId === id)
      .map(({ alertId, bucket, value, notified }) => [alertId, (bucket.start - START) / MINUTE, value, notified])
      .sort((a, b) => Number(a[1]) - Number(b[1]) || (String(a[0]) < String(b[0]) ? -1 : 1));

  it('fires while the bucket is open once a count is above its limit, once', async () => {
    await room.make();
    room.now = START + 10_000;
    await room.arrive(2, 0);
    expect(firings()).to.deep.equal([]);
    await room.arrive(1, 0);
    await room.arrive(5, 0);
    expect(firings()).to.deep.equal([['a1', 0, 3, true]]);
    const [firing] = room.state.firings.values();
    expect(firing).to.deep.equal({
      ...{ id: `a1-${START}`, alertId: 'a1', revision: 1, value: 3, count: 3, late: false, notified: true },
      ...{ firedAt: room.now, asOf: room.now },
      rule: {
        ...{ name: 'many', action: 'checkout', field: 'count', comparison: 'above', threshold: 2 },
        channels: [{ type: 'webhook' }],
      },
      bucket: { start: START, end: START + MINUTE, interval: 'minute', closed: false },
    });
    await room.close(2);
    expect(firings()).to.have.length(1);
  });

  it('judges everything else when the bucket has closed', async () => {
    await room.make({ id: 'below', comparison: 'below', threshold: 2 });
    await room.make({ id: 'mean', field: 'mean', threshold: 5 });
    await room.arrive(1, 0, { value: 9 });
    await room.evaluate([], START + 2 * MINUTE - 1);
    expect(firings()).to.deep.equal([]);
    await room.close(2);
    expect(firings()).to.deep.equal([
      ['below', 0, 1, true],
      ['mean', 0, 9, true],
    ]);
    expect([...room.state.firings.values()].every(({ bucket }) => bucket.closed)).to.equal(true);
  });

  it('merges the actions of a prefix, and of all, into one series', async () => {
    await room.make({ id: 'prefix', action: 'check*' });
    await room.make({ id: 'all', action: '*', threshold: 3 });
    const list = ['checkout', 'check.in', 'check.out', 'other'].map((action) => ({ action, at: START }));
    await room.evaluate([await room.appendEvents(list)]);
    expect(firings()).to.deep.equal([
      ['all', 0, 4, true],
      ['prefix', 0, 3, true],
    ]);
  });

  it('tells a silence of which no entry tells', async () => {
    await room.make({ comparison: 'silent' });
    await room.close(3);
    expect(firings()).to.deep.equal([
      ['a1', 0, 0, true],
      ['a1', 1, 0, false],
    ]);
    expect(room.state.alerts.get('a1')?.state.episode).to.deep.equal({
      bucket: START,
      latest: START + MINUTE,
      told: START,
    });
  });

  it('recovers with the first later closed bucket for which the rule is false', async () => {
    await room.make();
    await room.arrive(3, 0);
    room.now = START + 70_000;
    await room.arrive(2, 1);
    await room.close(2);
    expect(room.state.alerts.get('a1')?.state.episode).to.be.an('object');
    await room.close(3);
    expect(room.state.alerts.get('a1')?.state).to.deep.equal({ version: 2, lastNotifiedAt: START });
    const { recovery } = room.state.firings.get(`a1-${START}`) ?? {};
    expect(recovery).to.deep.include({ value: 2, count: 2, recoveredAt: room.now, late: false });
    expect(recovery?.bucket).to.deep.include({ start: START + MINUTE, closed: true });
    await room.close(4);
    room.now = START + 4 * MINUTE;
    await room.arrive(3, 4);
    expect(firings().at(-1)).to.deep.equal(['a1', 4, 3, true]);
  });

  it('recovers from a silence, or from too few, with the first open bucket that passes', async () => {
    await room.make({ id: 'silent', comparison: 'silent' });
    await room.make({ id: 'few', comparison: 'below', threshold: 2 });
    await room.close(2);
    expect(room.state.firings.size).to.equal(2);
    await room.arrive(1, 2);
    expect(room.state.firings.get(`silent-${START}`)?.recovery?.bucket).to.deep.include({ closed: false });
    expect(room.state.firings.get(`few-${START}`)?.recovery).to.equal(undefined);
    await room.arrive(1, 2);
    expect(room.state.firings.get(`few-${START}`)?.recovery).to.deep.include({ value: 2 });
  });

  it('never takes a firing back, but late events may end it', async () => {
    await room.make({ comparison: 'below', threshold: 2 });
    await room.close(2);
    await room.arrive(2, 0);
    expect(room.state.firings.get(`a1-${START}`)?.recovery).to.deep.include({ value: 2 });
    expect(firings()).to.deep.equal([['a1', 0, 0, true]]);
  });

  it('judges no bucket of the future, and none of long ago', async () => {
    await room.make({ since: 0 });
    await room.make({ id: 'hours', interval: 'hour', since: 0 });
    await room.close(0);
    await room.arrive(9, 23 * 60);
    const days = Array.from({ length: 30 }, (_, day) => eventsAt(START - day * DAY - 4 * HOUR, 9)).flat();
    await room.evaluate([await room.appendEvents(days)]);
    await room.close(3);
    expect(firings()).to.deep.equal([]);
    // It has begun, and the one before ended two intervals and a minute ago at most.
    room.now = START + 23 * HOUR;
    await room.arrive(9, 20 * 60);
    expect(firings()).to.deep.equal([['hours', 20 * 60, 9, true]]);
    await room.arrive(1, 23 * 60);
    expect(firings()).to.have.length(3);
  });

  it('compares with the bucket before, and with those of a day and a week ago', async () => {
    for (const [id, to] of [
      ['p', 'previous'],
      ['d', 'day'],
      ['w', 'week'],
    ] as const)
      await room.make({ id, relative: { to, percent: 100, minCount: 5 } });
    for (const ago of [7 * DAY, DAY, MINUTE]) await room.appendEvents(eventsAt(START - ago, 2), START - ago);
    await room.close(0);
    await room.arrive(5, 0);
    // The minute before has not closed yet.
    expect(firings().map(([id]) => id)).to.have.members(['d', 'w']);
    await room.close(2);
    expect(firings().map(([id]) => id)).to.have.members(['d', 'w', 'p']);
    expect(room.state.firings.get(`w-${START}`)).to.deep.include({ value: 5, baseline: 2 });
  });

  it('tells nobody while muted or in cool-down', async () => {
    await room.make({ id: 'muted', mutedUntil: START + DAY });
    await room.make({ id: 'cool', repeat: 'cooldown' });
    for (const minute of [0, 1, 10]) {
      room.now = START + minute * MINUTE;
      await room.arrive(3, minute);
    }
    expect(firings('cool')).to.deep.equal([
      ['cool', 0, 3, true],
      ['cool', 1, 3, false],
      ['cool', 10, 3, true],
    ]);
    expect(firings('muted').filter(([, , , notified]) => notified)).to.deep.equal([]);
  });

  it('begins with `since`, and leaves out rules that are switched off', async () => {
    await room.make({ id: 'new', since: START + MINUTE });
    await room.make({ id: 'off', enabled: false });
    await room.arrive(3, 0);
    await room.close(2);
    expect(firings()).to.deep.equal([]);
    expect(room.state.cursor?.lastEvaluated.size).to.equal(0);
  });

  it('judges each bucket since the cursor after an outage, of the last 24 hours, and says that it is late', async () => {
    await room.make({ comparison: 'silent', lateSeconds: 0 });
    await room.close(1);
    const outage = DAY + HOUR;
    room.now = START + outage;
    room.restart();
    await room.close(outage / MINUTE);
    const found = [...room.state.firings.values()].map(({ bucket, late }) => [bucket.start, late] as const);
    expect(found.filter(([, late]) => late)).to.have.length(1440 - 5);
    expect(found.find(([, late]) => late)?.[0]).to.equal(START + HOUR);
    expect(found).to.have.length(1441);
  });

  it('judges none that closed more than 24 hours ago, though the progress is as old', async () => {
    await room.make({ comparison: 'silent', lateSeconds: 0 });
    await room.close(1);
    room.now = START + DAY + HOUR;
    for (const hours of [1, 2]) await room.evaluate([], START + hours * HOUR);
    const starts = [...room.state.firings.values()].map(({ bucket }) => bucket.start);
    expect(starts).to.deep.equal([START, ...Array.from({ length: 60 }, (_, at) => START + HOUR + at * MINUTE)]);
  });

  it('goes on where an execution died, and repeats nothing', async () => {
    await room.make({ comparison: 'silent' });
    await room.close(2);
    const cursor = room.state.cursor;
    await room.close(4);
    room.state.cursor = cursor;
    const before = firings();
    room.restart();
    await room.close(4);
    expect(firings()).to.deep.equal(before);
    expect(room.state.cursor).to.deep.include({ evaluatedUpTo: START + 4 * MINUTE });
  });

  it('goes on where another instance is further, up to what it was asked for', async () => {
    await room.make({ comparison: 'silent' });
    await room.close(1);
    const { cursor } = room.state;
    const moveCursor = room.alerts.moveCursor.bind(room.alerts);
    room.alerts.moveCursor = async (moved) => {
      const other = { ...moved, evaluatedUpTo: START + 20 * MINUTE };
      room.alerts.moveCursor = moveCursor;
      await room.alerts.moveCursor(other);
      return room.alerts.moveCursor(moved);
    };
    expect(cursor?.evaluatedUpTo).to.equal(START + MINUTE);
    await room.close(30);
    expect(room.state.cursor?.evaluatedUpTo).to.equal(START + 30 * MINUTE);
    expect(room.state.firings.size).to.equal(29);
  });

  it('notes what each rule judged last', async () => {
    await room.make();
    await room.make({ id: 'mean', field: 'mean' });
    await room.arrive(2, 0);
    await room.close(3);
    expect(room.state.cursor?.lastEvaluated).to.deep.equal(
      new Map([
        ['a1', { bucket: START + MINUTE, value: 0, at: room.now }],
        ['mean', { bucket: START + MINUTE, value: null, at: room.now }],
      ]),
    );
  });

  describe('of a rule that changes in the meantime', () => {
    const meanwhile = async (work: () => Promise<unknown>) => {
      await room.make();
      const fire = room.alerts.fire.bind(room.alerts);
      room.alerts.fire = async (...fired) => {
        room.alerts.fire = fire;
        await work();
        return fire(...fired);
      };
      await room.arrive(3, 0);
    };

    it('fires nothing after it was removed', async () => {
      await meanwhile(() => room.alerts.remove('a1'));
      expect(firings()).to.deep.equal([]);
    });

    it('judges it as it is then', async () => {
      await meanwhile(() => room.change({ threshold: 3 }));
      expect(firings()).to.deep.equal([]);
      await room.arrive(1, 0);
      expect(room.state.firings.get(`a1-${START}`)).to.deep.include({ revision: 2, value: 4 });
    });

    it('tells it once if another instance fires another bucket', async () => {
      const other = { version: 1, episode: { bucket: START - MINUTE, latest: START - MINUTE, told: START - MINUTE } };
      await meanwhile(async () => room.state.alerts.set('a1', { ...room.rule(), since: START - MINUTE, state: other }));
      expect(firings()).to.deep.equal([['a1', 0, 3, false]]);
    });
  });

  it('asks the metrics with as many queries for a thousand rules as for one', async () => {
    const queriesOf = async (rules: number) => {
      for (let at = 0; at < rules; at++) await room.make({ id: `r${at}`, threshold: at * 10 });
      room.restart();
      await room.close(0);
      room.calls.length = 0;
      for (let batch = 0; batch < 5; batch++) await room.arrive(1, 0);
      await room.close(0);
      return [...room.calls];
    };
    const of1 = await queriesOf(1);
    expect(of1).to.deep.equal(Array.from({ length: 6 }, () => ['list', 'readAfter']).flat());
    expect(await queriesOf(1000)).to.deep.equal(of1);
  });

  it('notes what has closed although there is no rule: the first one then does not wait', async () => {
    await room.close(1);
    expect(room.state.cursor).to.deep.include({ evaluatedUpTo: START + MINUTE });
    await room.arrive(1, 0);
    expect(room.calls).to.deep.equal([]);
  });

  it('asks nothing if no rule looks at an entry', async () => {
    await room.make({ action: 'other' });
    await room.arrive(1, 0);
    expect(room.calls).to.deep.equal([]);
  });
});
