import { addValue, DDSketch, emptyTotals, HyperLogLog, hash64 } from '@weir/aggregates';
import type { MergeableBucket } from '@weir/dynamodb';
import { expect } from 'chai';
import { createAlertsApi } from '../../testing/alerts-api.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RULE = { action: 'checkout', comparison: 'above', threshold: 5 };
const iso = (time: number) => new Date(time).toISOString();

/** A bucket with these values. Each value has one user. */
function bucket(start: number, width: number, values: readonly number[]): MergeableBucket {
  const totals = emptyTotals();
  const hash = new Uint32Array(2);
  const [users, sketch] = [new HyperLogLog(), new DDSketch()];
  for (const value of values) {
    addValue(totals, value);
    hash64(`user of ${value}`, hash);
    users.add(hash[0] ?? 0, hash[1] ?? 0);
    sketch.add(value);
  }
  const hasSketches = width >= HOUR;
  return {
    start,
    end: start + width,
    totals,
    users: hasSketches ? users : undefined,
    values: hasSketches ? sketch : undefined,
  };
}

describe('a preview', () => {
  let api: ReturnType<typeof createAlertsApi>;
  beforeEach(() => {
    api = createAlertsApi();
  });
  const preview = (body: object) => api.call({ method: 'POST', path: '/v1/alerts/preview', body });
  const see = (...actions: readonly string[]) => {
    api.reader.actions = actions.map((action) => ({ action, count: 1, firstSeen: 0, lastSeen: NOW }));
  };

  it('answers for which minutes of the last day a rule would have fired', async () => {
    const start = Date.UTC(2025, 10, 24, 16, 10);
    api.reader.buckets.checkout = [
      bucket(start, MINUTE, [1, 1, 1, 1, 1]),
      bucket(start + MINUTE, MINUTE, [1, 1, 1, 1, 1, 1]),
    ];
    api.reader.series = { ...api.reader.series, asOf: NOW };
    const { status, body } = await preview(RULE);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      ...{ action: 'checkout', field: 'count', interval: 'minute', asOf: iso(NOW) },
      ...{ from: '2025-11-23T16:20:00.000Z', to: '2025-11-24T16:19:00.000Z' },
      firings: [{ start: iso(start + MINUTE), end: iso(start + 2 * MINUTE), value: 6, count: 6 }],
    });
  });

  it('merges the actions that a prefix matches into one series', async () => {
    const start = Date.UTC(2025, 10, 24, 12);
    see('shop.a', 'shop.b', 'view');
    api.reader.buckets = {
      'shop.a': [bucket(start, HOUR, [1, 2, 3])],
      'shop.b': [bucket(start, HOUR, [100, 3])],
      view: [bucket(start, HOUR, [1, 1, 1, 1, 1])],
    };
    const firings = async (body: object) => (await preview({ ...RULE, interval: 'hour', ...body })).body.firings;
    expect(await firings({ action: 'shop.*', threshold: 4 })).to.deep.equal([
      { start: iso(start), end: iso(start + HOUR), value: 5, count: 5 },
    ]);
    expect(await firings({ action: 'shop.*', threshold: 3, field: 'users' })).to.have.nested.property('[0].value', 4);
    const p95 = await firings({ action: 'shop.*', threshold: 90, field: 'p95' });
    expect(p95).to.have.nested.property('[0].value', 100);
    const mean = await firings({ action: 'shop.*', threshold: 21, field: 'mean' });
    expect(mean).to.have.nested.property('[0].value', 21.8);
    expect(await firings({ action: '*', threshold: 9 })).to.have.nested.property('[0].value', 10);
    expect(await firings({ action: 'none.*', threshold: 0 })).to.deep.equal([]);
  });

  it('reads the buckets that a relative rule compares with', async () => {
    const start = Date.UTC(2025, 10, 24, 12);
    api.reader.buckets.checkout = [
      bucket(start - 7 * DAY, HOUR, Array(10).fill(1)),
      bucket(start, HOUR, Array(16).fill(1)),
      bucket(start + HOUR, HOUR, Array(99).fill(1)),
    ];
    const relative = { to: 'week', percent: 50, minCount: 5 };
    const range = { from: start, to: start + 2 * HOUR };
    const { body } = await preview({ ...RULE, threshold: undefined, relative, interval: 'hour', ...range });
    expect(body.firings).to.deep.equal([
      { start: iso(start), end: iso(start + HOUR), value: 16, baseline: 10, count: 16 },
    ]);
    expect(api.reader.queries).to.deep.equal([
      { action: 'checkout', interval: 'hour', from: start - 7 * DAY, to: start + 2 * HOUR },
    ]);
  });

  it('leaves out what is not over, or still waits for late events', async () => {
    const { body } = await preview({ ...RULE, comparison: 'below', lateSeconds: 120, from: NOW - 5 * MINUTE });
    const starts = (body.firings as { start: string }[]).map(({ start }) => start);
    expect(starts).to.deep.equal([15, 16, 17].map((minute) => `2025-11-24T16:${minute}:00.000Z`));
    const future = await preview({ ...RULE, comparison: 'below', from: NOW + DAY, to: NOW + 2 * DAY });
    expect(future.body).to.deep.include({
      from: '2025-11-25T16:20:00.000Z',
      to: '2025-11-25T16:20:00.000Z',
      firings: [],
    });
  });

  it('leaves out what a part of the stream has not counted yet', async () => {
    api.reader.series = { ...api.reader.series, asOf: NOW - 3 * MINUTE };
    const { body } = await preview({ ...RULE, comparison: 'below', from: NOW - 7 * MINUTE });
    const starts = (body.firings as { start: string }[]).map(({ start }) => start);
    expect(starts).to.deep.equal([13, 14, 15].map((minute) => `2025-11-24T16:${minute}:00.000Z`));
  });

  it('judges at most 1,500 buckets of at most 20 actions', async () => {
    const end = NOW - (NOW % MINUTE) - MINUTE;
    const from = end - 1500 * MINUTE;
    expect((await preview({ ...RULE, from })).status).to.equal(200);
    const longer = await preview({ ...RULE, from: from - 1 });
    expectProblem(longer, 'invalid-body');
    expect(longer.body.errors).to.have.nested.property('[0].pointer', '/from');
    see(...Array.from({ length: 20 }, (_, at) => `a.${at}`), 'b');
    expect((await preview({ ...RULE, action: 'a.*' })).status).to.equal(200);
    const wider = await preview({ ...RULE, action: '*' });
    expectProblem(wider, 'invalid-body');
    const detail = 'matches 21 actions; a preview reads at most 20';
    expect(wider.body.errors).to.deep.equal([{ pointer: '/action', detail }]);
  });

  it('refuses times that are none, and rules that are none', async () => {
    for (const body of [
      { from: 'yesterday' },
      { to: -1 },
      { from: 1_764_000_000 },
      { interval: 'hour', from: NOW - 401 * DAY, to: NOW - 400 * DAY },
      { threshold: undefined },
      { unknown: 1 },
    ]) {
      expectProblem(await preview({ ...RULE, ...body }), 'invalid-body');
    }
    const days = { interval: 'day', from: NOW - 1400 * DAY, to: NOW - 1000 * DAY };
    expect((await preview({ ...RULE, ...days })).status).to.equal(200);
  });

  it('is a 503 while the metrics cannot be read', async () => {
    api.reader.isDown = true;
    expectProblem(await preview(RULE), 'unavailable');
    expectProblem(await preview({ ...RULE, action: '*' }), 'unavailable');
  });
});
