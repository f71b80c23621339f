import { zoneCalendar } from '@weir/calendar';
import type { Bucket } from '@weir/dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { expectProblem, expectSound } from '../testing/expect-problem.ts';
import { createMetricsApi, NOW } from '../testing/metrics-api.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2025, 10, 24, 14);
const TOTALS = { count: 4, sum: 10, min: 1, max: 4, users: 3, p50: 2, p95: 4, p99: 4 };
const BUCKET: Bucket = { start: START, end: START + HOUR, ...TOTALS };
const TOO_OLD = /^from: single hours are kept for 400 days, since 2024-10-20T/;
const EMPTY = { count: 0, sum: 0, min: null, max: null, mean: null, users: 0, p50: null, p95: null, p99: null };

describe('GET /v1/metrics/{action}', () => {
  for (const [action, status] of [
    ['shop.a', 200],
    ['shop', 403],
    ['web', 403],
    ['__other__', 403],
  ] as const) {
    it(`answers a key that is limited to shop. and _ with ${status} when it asks for ${action}`, async () => {
      const { reader, get } = createMetricsApi({ ...BOOTSTRAP, actionPrefixes: ['shop.', '_'] });
      const answer = await get(`/v1/metrics/${action}`);
      expect(answer.status).to.equal(status);
      if (status === 403) expectProblem(answer, 'forbidden');
      expect(reader.queries).to.have.length(status === 200 ? 1 : 0);
    });
  }

  it('answers the buckets, their total, the range, and the time up to which events are counted', async () => {
    const { reader, get } = createMetricsApi();
    reader.series = { buckets: [BUCKET], total: TOTALS, asOf: START + HOUR + 7 };
    const answer = await get('/v1/metrics/checkout', { from: '2025-11-24T14:10:00Z', to: `${START + HOUR + 1}` });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      action: 'checkout',
      interval: 'hour',
      timeZone: 'UTC',
      from: '2025-11-24T14:00:00.000Z',
      to: '2025-11-24T16:00:00.000Z',
      series: [{ start: '2025-11-24T14:00:00.000Z', ...TOTALS, mean: 2.5 }],
      total: { ...TOTALS, mean: 2.5 },
      asOf: '2025-11-24T15:00:00.007Z',
    });
    const asked = { action: 'checkout', from: START, to: START + 2 * HOUR, interval: 'hour', timeZone: 'UTC' };
    expect(reader.queries).to.deep.equal([asked]);
  });

  it('answers an unknown action with an empty series', async () => {
    const answer = await createMetricsApi().get('/v1/metrics/never.seen');
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.include({ action: 'never.seen', series: [], total: EMPTY, asOf: null });
  });

  it('includes empty buckets on request', async () => {
    const { reader, get } = createMetricsApi();
    reader.series = { buckets: [BUCKET], total: TOTALS, asOf: START };
    const query = { from: `${START - HOUR}`, to: `${START + 2 * HOUR}`, fill: 'zero' };
    const series = (await get('/v1/metrics/a', query)).body.series;
    expect(series).to.deep.equal([
      { start: '2025-11-24T13:00:00.000Z', ...EMPTY },
      { start: '2025-11-24T14:00:00.000Z', ...TOTALS, mean: 2.5 },
      { start: '2025-11-24T15:00:00.000Z', ...EMPTY },
    ]);
  });

  it('has null users in minutes, and not 0', async () => {
    const query = { from: `${START}`, to: `${START + 60_000}`, interval: 'minute', fill: 'zero' };
    const { body } = await createMetricsApi().get('/v1/metrics/a', query);
    expect(body.series).to.deep.equal([{ start: '2025-11-24T14:00:00.000Z', ...EMPTY, users: null }]);
    expect(body.total).to.deep.equal({ ...EMPTY, users: null });
  });

  it('has null users where a bucket does not begin and end with an hour of UTC, and in the total with such a bucket', async () => {
    const range = { from: '2025-10-04T00:00:00Z', to: '2025-10-06T12:00:00Z', interval: 'day', fill: 'zero' };
    const { body } = await createMetricsApi().get('/v1/metrics/a', { ...range, timeZone: 'Australia/Lord_Howe' });
    expect(body.series).to.deep.equal([
      { start: '2025-10-03T13:30:00.000Z', ...EMPTY, users: null },
      { start: '2025-10-04T13:30:00.000Z', ...EMPTY, users: null },
      { start: '2025-10-05T13:00:00.000Z', ...EMPTY },
    ]);
    expect(body.total).to.deep.equal({ ...EMPTY, users: null });
  });

  it('names the zone in its usual spelling, and passes it on', async () => {
    const { reader, get } = createMetricsApi();
    const { body } = await get('/v1/metrics/a', { interval: 'month', timeZone: 'europe/berlin' });
    expect(body).to.include({ interval: 'month', timeZone: 'Europe/Berlin' });
    expect(reader.queries[0]).to.include({ interval: 'month', timeZone: 'Europe/Berlin' });
  });

  const ago = (days: number) => `${NOW - days * 24 * HOUR}`;
  const olds: [what: string, query: Record<string, string>, status: number][] = [
    ['hours', { from: ago(400), to: ago(399) }, 200],
    ['hours', { from: ago(401), to: ago(399) }, 400],
    ['minutes', { from: ago(401), to: ago(400.9), interval: 'minute' }, 400],
    ['days of UTC', { from: ago(5_000), to: ago(4_000), interval: 'day' }, 200],
    ['weeks of UTC', { from: ago(5_000), interval: 'week' }, 200],
    ['months of UTC', { from: '0', interval: 'month' }, 200],
    ['months of a zone that keeps to UTC', { from: ago(5_000), interval: 'month', timeZone: 'Africa/Abidjan' }, 200],
    ['days of New York', { from: ago(402), to: ago(399), interval: 'day', timeZone: 'America/New_York' }, 400],
    ['months of New York', { from: ago(500), interval: 'month', timeZone: 'America/New_York' }, 400],
    ['days of New York', { from: ago(399), interval: 'day', timeZone: 'America/New_York' }, 200],
  ];
  for (const [what, query, status] of olds) {
    it(`answers ${status} to ${what} ${JSON.stringify(query)}: hours are kept for 400 days`, async () => {
      const answer = await createMetricsApi().get('/v1/metrics/a', query);
      expect(answer.status).to.equal(status);
      if (status === 400) expect(answer.body.detail).to.match(TOO_OLD);
    });
  }

  it('refuses a range that needs more than 10,000 single hours', async () => {
    const range = { from: ago(399), to: ago(-30), interval: 'day', timeZone: 'America/New_York' };
    const answer = await createMetricsApi().get('/v1/metrics/a', range);
    expectProblem(answer, 'invalid-parameter');
    expect(answer.body.detail).to.match(/needs \d+ single hours; ask for at most 10000$/);
  });

  const ranges: [query: Record<string, string>, from: string, to: string][] = [
    [{}, '2025-11-23T16:00:00.000Z', '2025-11-24T17:00:00.000Z'],
    [{ interval: 'minute' }, '2025-11-23T16:20:00.000Z', '2025-11-24T16:21:00.000Z'],
    [{ interval: 'day' }, '2025-10-25T00:00:00.000Z', '2025-11-25T00:00:00.000Z'],
    [{ to: '2025-01-01T00:00:00Z' }, '2024-12-31T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    [{ from: '2025-11-24T16:20:30.499Z' }, '2025-11-24T16:00:00.000Z', '2025-11-24T17:00:00.000Z'],
    [
      { from: '2025-11-24T23:30:00+14:00', to: '2025-11-24T10:00:00Z' },
      '2025-11-24T09:00:00.000Z',
      '2025-11-24T10:00:00.000Z',
    ],
    [{ from: '0', to: '1', interval: 'day' }, '1970-01-01T00:00:00.000Z', '1970-01-02T00:00:00.000Z'],
    [
      { from: '9999-12-30T01:00:00Z', to: '9999-12-31T00:00:00Z', interval: 'day' },
      '9999-12-30T00:00:00.000Z',
      '9999-12-31T00:00:00.000Z',
    ],
    [
      { from: '9999-12-31T23:00:00Z', to: '9999-12-31T23:59:59Z' },
      '9999-12-31T23:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ],
    [{ interval: 'week' }, '2025-09-01T00:00:00.000Z', '2025-12-01T00:00:00.000Z'],
    [{ interval: 'month' }, '2024-11-01T00:00:00.000Z', '2025-12-01T00:00:00.000Z'],
    [
      { from: '2025-11-02T12:00:00Z', to: '2025-11-02T13:00:00Z', interval: 'day', timeZone: 'America/New_York' },
      '2025-11-02T04:00:00.000Z',
      '2025-11-03T05:00:00.000Z',
    ],
    [
      { from: '2025-11-24T10:00:00Z', to: '2025-11-24T10:30:00Z', timeZone: 'Asia/Kathmandu' },
      '2025-11-24T09:15:00.000Z',
      '2025-11-24T11:15:00.000Z',
    ],
    [
      { from: '2025-11-24T10:00:30Z', to: '2025-11-24T10:01:00Z', interval: 'minute', timeZone: 'Asia/Kathmandu' },
      '2025-11-24T10:00:00.000Z',
      '2025-11-24T10:01:00.000Z',
    ],
    [
      { from: '2024-12-31T12:00:00Z', to: '2024-12-31T13:00:00Z', interval: 'week', timeZone: 'Europe/Berlin' },
      '2024-12-29T23:00:00.000Z',
      '2025-01-05T23:00:00.000Z',
    ],
  ];
  for (const [query, from, to] of ranges) {
    it(`answers ${JSON.stringify(query)} with the range ${from} to ${to}`, async () => {
      const { status, body } = await createMetricsApi().get('/v1/metrics/a', query);
      expect(status).to.equal(200);
      expect(body).to.include({ from, to });
    });
  }

  it('answers 1,500 buckets and not 1,501', async () => {
    const { get } = createMetricsApi();
    const query = (buckets: number) => ({
      ...{ from: `${START}`, to: `${START + buckets * 60_000}`, interval: 'minute', fill: 'zero' },
    });
    const { status, body } = await get('/v1/metrics/a', query(1_500));
    expect(status).to.equal(200);
    expect(body.series).to.have.length(1_500);
    expectProblem(await get('/v1/metrics/a', query(1_501)), 'invalid-parameter');
  });

  const faults: [query: Record<string, string | string[]>, parameter: string][] = [
    [{ from: 'yesterday' }, 'from'],
    [{ from: '' }, 'from'],
    [{ to: '2025-11-24' }, 'to'],
    [{ from: '5', to: '5' }, 'from'],
    [{ from: '2999-01-01T00:00:00Z' }, 'from'],
    [{ interval: 'year' }, 'interval'],
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ timeZone: '+05:30' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
    [{ interval: 'constructor' }, 'interval'],
    [{ fill: 'one' }, 'fill'],
    [{ until: '1' }, 'until'],
    [{ from: ['1', '2'] }, 'from'],
    [{ to: '1764000000' }, 'to'],
  ];
  for (const [query, parameter] of faults) {
    it(`names ${parameter} in ${JSON.stringify(query)}`, async () => {
      const answer = await createMetricsApi().get('/v1/metrics/a', query);
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', parameter);
    });
  }

  it('names all faults of a query at once', async () => {
    const query = { from: 'now', to: '1764000000', interval: 'year', timeZone: 'x', fill: 'one', until: '1' };
    const answer = await createMetricsApi().get('/v1/metrics/a%20b', query);
    expectProblem(answer, 'invalid-parameter');
    const errors = answer.body.errors as { parameter: string }[];
    expect(errors.map(({ parameter }) => parameter)).to.have.members([...Object.keys(query), 'action']);
  });

  for (const action of ['a b', '', 'x'.repeat(129), '%00', '%F0%9F%98%80', 'a%2Fb', '.', '..', '%2E%2e']) {
    it(`refuses the action ${JSON.stringify(action)}, which no event can have`, async () => {
      const answer = await createMetricsApi().get(`/v1/metrics/${action}`);
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', 'action');
    });
  }

  for (const action of ['__other__', '__proto__', 'x'.repeat(128), 'a%3Ab', 'constructor', '...', '.a']) {
    it(`reads the action ${action.slice(0, 20)}`, async () => {
      const { reader, get } = createMetricsApi();
      expect((await get(`/v1/metrics/${action}`)).body.action).to.equal(decodeURIComponent(action));
      expect(reader.queries).to.have.length(1);
    });
  }

  it('answers 503 with Retry-After while the metrics cannot be read', async () => {
    const { reader, get } = createMetricsApi();
    reader.isDown = true;
    const answer = await get('/v1/metrics/a');
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).to.match(/^\d+$/);
  });

  it('answers 503 before its own time-out if reading takes too long', async () => {
    const { reader, get } = createMetricsApi();
    reader.readSeries = () => new Promise(() => {});
    expectProblem(await get('/v1/metrics/a'), 'unavailable');
  });

  it('answers the same query the same way', async () => {
    const { get } = createMetricsApi();
    expect(await get('/v1/metrics/a')).to.deep.equal(await get('/v1/metrics/a'));
  });

  it('never answers 5xx, or an impossible range, for any query', async function () {
    this.timeout(20_000);
    const time = fc.oneof(
      fc.string(),
      fc.integer({ min: -1 }).map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('1764000000000', '2025-11-24T16:00:00Z', '9999-12-31T23:59:59Z', '99999999999999'),
    );
    const one = fc.record(
      {
        from: time,
        to: time,
        interval: fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'x'),
        timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'x'),
        fill: fc.constantFrom('zero', 'x'),
      },
      { requiredKeys: [] },
    );
    const other = fc.dictionary(fc.string(), fc.oneof(time, fc.array(time, { minLength: 1 })));
    const path = fc.oneof(
      fc.constant('a'),
      fc.string(),
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('/', '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(one, other), path, async (query, action) => {
        const { reader, get } = createMetricsApi();
        expectSound(await get(`/v1/metrics/${action}`, query));
        for (const { timeZone = 'UTC', ...range } of reader.queries) {
          const calendar = zoneCalendar(timeZone);
          expect(calendar?.roundRange(range)).to.deep.equal({ from: range.from, to: range.to });
          expect(calendar?.bucketStarts(range)).to.have.length.within(1, 1_500);
        }
      }),
      { numRuns: 500 },
    );
  });
});
