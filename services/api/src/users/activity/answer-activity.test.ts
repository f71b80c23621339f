import { expect } from 'chai';
import fc from 'fast-check';
import type { Principal } from '../../http/callers/principal.ts';
import { expectProblem, expectSound } from '../../testing/expect-problem.ts';
import { createUsersApi, NOW } from '../../testing/users-api.ts';
import { createAnswerActivity } from './answer-activity.ts';

const PATH = '/v1/users/u_42/activity';
const DAY = 86_400_000;
const TODAY = Date.UTC(2025, 10, 24);
const count = (day: number, action: string) => ({ day, action, count: 2, sum: 0.5 });

describe('GET /v1/users/{userId}/activity', () => {
  it('answers the counts of the last 30 days, by day and action', async () => {
    const api = createUsersApi();
    api.activity.counts = [count(TODAY, 'b'), count(TODAY - DAY, 'z'), count(TODAY, 'a')];
    const { status, body } = await api.call({ path: PATH });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      userId: 'u_42',
      from: '2025-10-25T00:00:00.000Z',
      to: '2025-11-25T00:00:00.000Z',
      items: [
        { day: '2025-11-23', action: 'z', count: 2, sum: 0.5 },
        { day: '2025-11-24', action: 'a', count: 2, sum: 0.5 },
        { day: '2025-11-24', action: 'b', count: 2, sum: 0.5 },
      ],
    });
    expect(api.activity.queries).to.deep.equal([{ userId: 'u_42', from: TODAY - 30 * DAY, to: TODAY + DAY }]);
  });

  it('needs no profile', async () => {
    expect((await createUsersApi().call({ path: '/v1/users/a%2Fb/activity' })).body).to.deep.include({
      userId: 'a/b',
      items: [],
    });
  });

  it('extends the range to whole days', async () => {
    const api = createUsersApi();
    await api.call({ path: PATH, query: { from: '2025-11-01T23:59:59.999Z', to: '2025-11-03T00:00:00Z' } });
    await api.call({ path: PATH, query: { from: '0', to: '1' } });
    expect(api.activity.queries.map(({ from, to }) => [from, to])).to.deep.equal([
      [Date.UTC(2025, 10, 1), Date.UTC(2025, 10, 3)],
      [0, DAY],
    ]);
  });

  it('answers 400 days and not 401', async () => {
    const api = createUsersApi();
    const query = (days: number) => ({ from: String(TODAY - days * DAY), to: String(TODAY) });
    expect((await api.call({ path: PATH, query: query(400) })).status).to.equal(200);
    expectProblem(await api.call({ path: PATH, query: query(401) }), 'invalid-parameter');
  });

  for (const [name, query] of [
    ['from', { from: 'yesterday' }],
    ['to', { to: '' }],
    ['from', { from: String(NOW + DAY) }],
    ['from', { from: '5', to: '5' }],
    ['interval', { interval: 'day' }],
  ] as const) {
    it(`names ${name} in ${JSON.stringify(query)}`, async () => {
      const answer = await createUsersApi().call({ path: PATH, query });
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', name);
    });
  }

  it('asks for fewer days if the counts do not fit into one answer', async () => {
    const api = createUsersApi();
    api.activity.counts = Array.from({ length: 20_001 }, (_, index) => count(TODAY, `a${index}`));
    expectProblem(await api.call({ path: PATH }), 'invalid-parameter');
    api.activity.counts.pop();
    expect((await api.call({ path: PATH })).body.items).to.have.length(20_000);
  });

  it('shows a limited key only its own actions', async () => {
    const api = createUsersApi();
    api.activity.counts = [count(TODAY, 'shop.buy'), count(TODAY, 'game.win')];
    const principal: Principal = { kind: 'principal', keyId: 'k', scopes: new Set(), actionPrefixes: ['shop.'] };
    const request = { query: new Map() } as never;
    const answer = await createAnswerActivity(api.deps)({ request, params: { userId: 'u' }, principal });
    if (answer.kind === 'problem') throw new Error(answer.detail);
    expect(answer.body).to.have.nested.property('items.length', 1);
    expect(answer.body).to.have.nested.property('items[0].action', 'shop.buy');
  });

  it('answers 404 with the reason if the stage does not count activity', async () => {
    const answer = await createUsersApi({ activity: undefined }).call({ path: PATH });
    expectProblem(answer, 'resource-not-found');
    expect(answer.body.detail).to.equal('this stage does not count the activity of users');
  });

  it('answers 503 while the activity cannot be read', async () => {
    const readActivity = async () => Promise.reject(new Error('down'));
    expectProblem(await createUsersApi({ activity: { readActivity } }).call({ path: PATH }), 'unavailable');
  });

  it('never answers 5xx, for any query', async function () {
    this.timeout(20_000);
    const api = createUsersApi();
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((d) => d.toJSON()),
    );
    const query = fc.dictionary(fc.constantFrom('from', 'to', 'x'), value);
    await fc.assert(
      fc.asyncProperty(query, async (given) => expectSound(await api.call({ path: PATH, query: given }))),
      { numRuns: 1_000 },
    );
  });
});
