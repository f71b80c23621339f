import { expect } from 'chai';
import fc from 'fast-check';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { expectProblem, expectSound } from '../testing/expect-problem.ts';
import { createMetricsApi } from '../testing/metrics-api.ts';

const named = (action: string) => ({ action, count: 3, firstSeen: 1_764_000_000_000, lastSeen: 1_764_000_000_001 });

describe('GET /v1/actions', () => {
  it('lists the actions seen', async () => {
    const { reader, get } = createMetricsApi();
    reader.actions = [named('a'), named('b')];
    const { status, body } = await get('/v1/actions');
    expect(status).to.equal(200);
    const times = { firstSeen: '2025-11-24T16:00:00.000Z', lastSeen: '2025-11-24T16:00:00.001Z' };
    expect(body).to.deep.equal({
      items: [
        { action: 'a', count: 3, ...times },
        { action: 'b', count: 3, ...times },
      ],
    });
  });

  it('shows a limited key only its own actions, page by page', async () => {
    const { reader, get } = createMetricsApi({ ...BOOTSTRAP, actionPrefixes: ['shop.', 'w'] });
    reader.actions = ['__other__', 'a', 'shop', 'shop.a', 'shop.b', 'web'].map(named);
    const first = await get('/v1/actions', { limit: '2' });
    const second = await get('/v1/actions', { limit: '2', cursor: String(first.body.cursor) });
    const names = [first, second].map(({ body }) => (body.items as { action: string }[]).map(({ action }) => action));
    expect(names).to.deep.equal([['shop.a', 'shop.b'], ['web']]);
    expect(second.body).to.not.have.property('cursor');
  });

  it('answers an empty list before the first event', async () => {
    expect((await createMetricsApi().get('/v1/actions')).body).to.deep.equal({ items: [] });
  });

  it('leads through all pages by the cursor, with each action once', async () => {
    const { reader, get } = createMetricsApi();
    const names = Array.from({ length: 1_001 }, (_, index) => `action.${String(index).padStart(4, '0')}`);
    reader.actions = names.map(named);
    for (const limit of ['1000', '334', '7']) {
      const seen: string[] = [];
      let query: Record<string, string> = limit === '1000' ? {} : { limit };
      for (;;) {
        const { body } = await get('/v1/actions', query);
        seen.push(...(body.items as { action: string }[]).map(({ action }) => action));
        if (typeof body.cursor !== 'string') break;
        query = { ...query, cursor: body.cursor };
      }
      expect(seen).to.deep.equal(names);
    }
  });

  for (const [name, value] of [
    ['limit', '0'],
    ['limit', '1001'],
    ['limit', '1.5'],
    ['limit', ''],
    ['cursor', '?'],
    ['cursor', Buffer.from('a').toString('base64url')],
    ['page', '2'],
  ] as const) {
    it(`names ${name}=${value}`, async () => {
      const answer = await createMetricsApi().get('/v1/actions', { [name]: value });
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', name);
    });
  }

  it('answers 503 with Retry-After while the metrics cannot be read', async () => {
    const { reader, get } = createMetricsApi();
    reader.isDown = true;
    expectProblem(await get('/v1/actions'), 'unavailable');
  });

  it('never answers 5xx, for any query', async function () {
    this.timeout(20_000);
    const { reader, get } = createMetricsApi();
    reader.actions = [named('a'), named('b')];
    const query = fc.oneof(
      fc.dictionary(
        fc.constantFrom('limit', 'cursor', 'x'),
        fc.oneof(fc.string(), fc.nat().map(String), fc.base64String()),
      ),
      fc.dictionary(fc.string(), fc.string()),
    );
    await fc.assert(fc.asyncProperty(query, async (given) => expectSound(await get('/v1/actions', given))));
  });
});
