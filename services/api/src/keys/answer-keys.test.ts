import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { identifyKeyText, isKeyText } from '@weir/keys';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem, expectSound } from '../testing/expect-problem.ts';
import { createKeysRoutes } from './keys-routes.ts';

const NOW = Date.UTC(2025, 10, 24, 16);
const TOMORROW = '2025-11-25T16:00:00.000Z';
const MAKER = BOOTSTRAP;

function createApi() {
  const store = createMemoryKeysStore();
  const cursors = createCursors({ secret: () => 'of the tests' });
  const clock = { now: NOW };
  let made = 0;
  const random = () => new Uint8Array(32).fill(++made);
  const deps = { store, cursors, now: () => clock.now, random, log: silentLog, budgetMs: 50 };
  const authenticate = createAuthenticate({ log: silentLog, now: () => clock.now });
  const serve = createServe({ routes: createKeysRoutes(deps), authenticate, log: silentLog });
  const call = async (parts: EventParts): Promise<Answer> => readAnswer(await serve(apiEvent(parts)));
  const make = (body: object, principal = MAKER) =>
    call({ method: 'POST', path: '/v1/keys', body: JSON.stringify(body), principal });
  const list = (query: Record<string, string> = {}) => call({ path: '/v1/keys', query });
  const remove = (id: unknown, principal = MAKER) => call({ method: 'DELETE', path: `/v1/keys/${id}`, principal });
  return { store, clock, call, make, list, remove };
}

const itemsOf = (answer: Answer) => answer.body.items as Record<string, unknown>[];
const pointersOf = ({ body }: Answer) => (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);

describe('POST /v1/keys', () => {
  it('makes a key, shows its text only once, and stores only the hash', async () => {
    const { store, make } = createApi();
    const wanted = { name: 'shop', scopes: ['events:write'], expiresAt: TOMORROW, actionPrefixes: ['shop.'] };
    const { status, headers, body } = await make(wanted);
    expect(status).to.equal(201);
    expect(headers).to.include({ 'cache-control': 'no-store' });
    const { key, ...record } = body;
    expect(isKeyText(String(key))).to.equal(true);
    const { id, hash } = identifyKeyText(String(key));
    const times = { createdAt: '2025-11-24T16:00:00.000Z', createdBy: 'bootstrap' };
    expect(record).to.deep.equal({ ...wanted, id, status: 'active', ...times });
    expect(await store.find(id)).to.include({ hash, name: 'shop', expiresAt: NOW + 86_400_000 });
    expect(JSON.stringify(await store.find(id))).to.not.include(key);
  });

  it('makes by default a key that never expires and may use every action', async () => {
    const { body } = await createApi().make({ name: 'all', scopes: ['metrics:read', 'keys:write'] });
    expect(body).to.not.have.any.keys('expiresAt', 'actionPrefixes', 'lastUsedAt', 'removedAt');
  });

  it('accepts the last second that can be written as an expiry', async () => {
    const { body } = await createApi().make({ name: 'n', scopes: ['keys:read'], expiresAt: '9999-12-31T23:59:59Z' });
    expect(body.expiresAt).to.equal('9999-12-31T23:59:59.000Z');
  });

  for (const [expiresAt, says] of [
    ['2025-11-24T16:00:00Z', 'in the future'],
    ['2026-02-30T00:00:00Z', 'RFC 3339'],
    ['2030-01-01 00:00:00Z', 'RFC 3339'],
    ['9999-12-31T23:59:59-00:01', 'before the year 10000'],
  ] as const) {
    it(`answers for the expiry ${expiresAt} that it must be ${says}`, async () => {
      const answer = await createApi().make({ name: 'n', scopes: ['keys:read'], expiresAt });
      expectProblem(answer, 'invalid-body');
      expect(answer.body.errors).to.have.nested.property('[0].detail').that.includes(says);
    });
  }

  const bad: [what: string, body: object, pointer: string][] = [
    ['no name', { scopes: ['keys:read'] }, '/name'],
    ['an empty name', { name: '', scopes: ['keys:read'] }, '/name'],
    ['a long name', { name: 'x'.repeat(101), scopes: ['keys:read'] }, '/name'],
    ['a name of half a surrogate pair', { name: '\ud800', scopes: ['keys:read'] }, '/name'],
    ['no scopes', { name: 'n' }, '/scopes'],
    ['an empty list of scopes', { name: 'n', scopes: [] }, '/scopes'],
    ['a scope twice', { name: 'n', scopes: ['keys:read', 'keys:read'] }, '/scopes'],
    ['an unknown scope', { name: 'n', scopes: ['keys:read', 'all'] }, '/scopes/1'],
    ['an expiry in the past', { name: 'n', scopes: ['keys:read'], expiresAt: '2025-11-24T16:00:00Z' }, '/expiresAt'],
    ['an expiry that is no time', { name: 'n', scopes: ['keys:read'], expiresAt: 'soon' }, '/expiresAt'],
    ['a day that is not', { name: 'n', scopes: ['keys:read'], expiresAt: '2026-02-30T00:00:00Z' }, '/expiresAt'],
    ['no prefixes', { name: 'n', scopes: ['keys:read'], actionPrefixes: [] }, '/actionPrefixes'],
    ['a prefix of nothing', { name: 'n', scopes: ['keys:read'], actionPrefixes: [''] }, '/actionPrefixes/0'],
    ['a prefix that is a step', { name: 'n', scopes: ['keys:read'], actionPrefixes: ['a', '..'] }, '/actionPrefixes/1'],
    ['a prefix in __', { name: 'n', scopes: ['keys:read'], actionPrefixes: ['__'] }, '/actionPrefixes/0'],
    ['another field', { name: 'n', scopes: ['keys:read'], hash: 'x' }, '/hash'],
  ];
  for (const [what, body, pointer] of bad) {
    it(`refuses ${what}`, async () => {
      const answer = await createApi().make(body);
      expectProblem(answer, 'invalid-body');
      expect(pointersOf(answer)).to.deep.equal([pointer]);
    });
  }

  const limited: Principal = {
    ...MAKER,
    scopes: new Set(['keys:write', 'events:write']),
    actionPrefixes: ['shop.', 'web.'],
    expiresAt: NOW + 86_400_000,
  };
  const within = { name: 'n', scopes: ['events:write'], actionPrefixes: ['shop.', 'web.eu.'], expiresAt: TOMORROW };

  it('lets a limited key make a key with the same limit', async () => {
    expect((await createApi().make(within, limited)).status).to.equal(201);
  });

  const excess: [what: string, body: object, pointer: string][] = [
    ['a scope it lacks', { scopes: ['events:write', 'users:read'] }, '/scopes/1'],
    ['a wider prefix', { actionPrefixes: ['shop.', 'shop'] }, '/actionPrefixes/1'],
    ['another prefix', { actionPrefixes: ['x'] }, '/actionPrefixes/0'],
    ['all actions', { actionPrefixes: undefined }, '/actionPrefixes'],
    ['a longer life', { expiresAt: '2025-11-25T16:00:00.001Z' }, '/expiresAt'],
    ['life for ever', { expiresAt: undefined }, '/expiresAt'],
  ];
  for (const [what, more, pointer] of excess) {
    it(`does not let a limited key give ${what}`, async () => {
      const { make, list } = createApi();
      const answer = await make({ ...within, ...more }, limited);
      expectProblem(answer, 'forbidden');
      expect(pointersOf(answer)).to.deep.equal([pointer]);
      expect(itemsOf(await list())).to.deep.equal([]);
    });
  }

  it('never makes a key with more permissions than its maker', async () => {
    const scopes = fc.subarray([...BOOTSTRAP.scopes]);
    const prefixes = fc.option(fc.uniqueArray(fc.constantFrom('a', 'ab', 'b', 'abc'), { minLength: 1 }), {
      nil: undefined,
    });
    const wishes = fc.record({ own: scopes, ownPrefixes: prefixes, given: scopes, wanted: prefixes });
    const property = fc.asyncProperty(wishes, async ({ own, ownPrefixes, given, wanted }) => {
      const maker = { ...MAKER, scopes: new Set([...own, 'keys:write' as const]), actionPrefixes: ownPrefixes };
      const { status } = await createApi().make({ name: 'n', scopes: given, actionPrefixes: wanted }, maker);
      const gives = given.every((scope) => maker.scopes.has(scope));
      const reaches = (list: string[] | undefined, action: string) => !list || list.some((p) => action.startsWith(p));
      const stays = ['a', 'ab', 'abc', 'b', 'c'].every((a) => !reaches(wanted, a) || reaches(ownPrefixes, a));
      if (!gives || !stays) expect(status).to.be.oneOf([400, 403]);
      else expect(status).to.equal(given.length > 0 ? 201 : 400);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('is unavailable while the table is down', async () => {
    const { store, make } = createApi();
    sinon.stub(store, 'add').rejects(new Error('down'));
    expectProblem(await make({ name: 'n', scopes: ['keys:read'] }), 'unavailable');
  });

  it('never answers 5xx, for any body', async () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constant(['keys:read']),
      fc.constant(TOMORROW),
    );
    const body = fc.record(
      { name: field, scopes: field, expiresAt: field, actionPrefixes: field },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        expectSound(await createApi().make(given));
      }),
      { numRuns: 300 },
    );
  });
});

describe('GET /v1/keys', () => {
  it('lists keys without their texts and hashes, each with its state', async () => {
    const { store, clock, make, list, remove } = createApi();
    const made = [
      await make({ name: 'a', scopes: ['keys:read'] }),
      await make({ name: 'b', scopes: ['keys:read'], expiresAt: TOMORROW }),
      await make({ name: 'c', scopes: ['keys:read'] }),
    ];
    const [a, , c] = made.map(({ body }) => String(body.id));
    await remove(a, { ...MAKER, keyId: 'key_remover' });
    await store.markUsed(String(c), { at: NOW + 5, unlessAfter: 0 });
    clock.now += 86_400_000;
    const answer = await list();
    const byName = Object.fromEntries(itemsOf(answer).map((item) => [item.name, item]));
    expect(byName.a).to.include({ status: 'removed', removedAt: '2025-11-24T16:00:00.000Z', removedBy: 'key_remover' });
    expect(byName.b).to.include({ status: 'expired', expiresAt: TOMORROW });
    expect(byName.c).to.include({ status: 'active', lastUsedAt: '2025-11-24T16:00:00.005Z', createdBy: 'bootstrap' });
    const text = JSON.stringify(answer.body);
    for (const { body } of made) {
      expect(text).to.not.include(body.key);
      expect(text).to.not.include(identifyKeyText(String(body.key)).hash);
    }
    expect(itemsOf(await list({ status: 'active' })).map(({ name }) => name)).to.deep.equal(['c']);
  });

  for (const status of [undefined, 'active', 'removed']) {
    it(`leads through all pages of ${status ?? 'all'} keys, each once, in ascending order of ids`, async () => {
      const { make, list, remove } = createApi();
      const all: string[] = [];
      for (let index = 0; index < 25; index++) {
        const { body } = await make({ name: `${index}`, scopes: ['keys:read'] });
        all.push(String(body.id));
      }
      const gone = new Set(all.filter((_, index) => index % 3 === 0));
      for (const id of gone) await remove(id);
      const seen: unknown[] = [];
      let query: Record<string, string> = { limit: '4', ...(status && { status }) };
      for (;;) {
        const { body } = await list(query);
        seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
        if (typeof body.cursor !== 'string') break;
        query = { ...query, cursor: body.cursor };
      }
      const wanted = all.filter((id) => status === undefined || gone.has(id) === (status === 'removed'));
      expect(seen).to.deep.equal(wanted.sort());
    });
  }

  it('accepts only its own cursors', async () => {
    const { make, list } = createApi();
    for (const name of ['a', 'b']) await make({ name, scopes: ['keys:read'] });
    const cursor = String((await list({ limit: '1' })).body.cursor);
    expect((await list({ limit: '1', cursor })).status).to.equal(200);
    for (const query of [{ cursor, status: 'active' }, { cursor: `${cursor}A` }, { cursor: '' }, { cursor: 'a2V5' }]) {
      const answer = await list(query as unknown as Record<string, string>);
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', 'cursor');
    }
  });

  for (const [name, value] of [
    ['limit', '0'],
    ['limit', '1001'],
    ['status', 'gone'],
    ['page', '2'],
  ] as const) {
    it(`names ${name}=${value}`, async () => {
      const answer = await createApi().list({ [name]: value });
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', name);
    });
  }

  it('is unavailable while the table is down', async () => {
    const { store, list } = createApi();
    sinon.stub(store, 'list').rejects(new Error('down'));
    expectProblem(await list(), 'unavailable');
  });
});

describe('DELETE /v1/keys/{id}', () => {
  it('removes a key once: the first remover stays', async () => {
    const { store, make, remove } = createApi();
    const id = String((await make({ name: 'n', scopes: ['keys:read'] })).body.id);
    const answer = await remove(id, { ...MAKER, keyId: 'key_first' });
    expect([answer.status, answer.body]).to.deep.equal([204, {}]);
    expect((await remove(id, { ...MAKER, keyId: 'key_second' })).status).to.equal(204);
    expect(await store.find(id)).to.include({ removedBy: 'key_first' });
  });

  it('lets a key remove itself', async () => {
    const { store, make, remove } = createApi();
    const id = String((await make({ name: 'n', scopes: ['keys:write'] })).body.id);
    expect((await remove(id, { ...MAKER, keyId: id })).status).to.equal(204);
    expect(await store.find(id)).to.include({ removedBy: id });
  });

  for (const id of ['key_AAAAAAAAAAAAAAAAAAAA', 'key_', '', 'x'.repeat(3_000), '%00', 'a%2Fb']) {
    it(`knows no key ${JSON.stringify(id.slice(0, 30))}`, async () => {
      expectProblem(await createApi().remove(id), 'resource-not-found');
    });
  }

  for (const query of [
    { descendants: 'yes' },
    { descendants: '' },
    { descendants: ['true', 'true'] },
    { descendant: 'true' },
  ]) {
    it(`removes nothing for ${JSON.stringify(query)}, which could mean more than one key`, async () => {
      const { store, make, call } = createApi();
      const id = String((await make({ name: 'n', scopes: ['keys:read'] })).body.id);
      const answer = await call({ method: 'DELETE', path: `/v1/keys/${id}`, query: query as Record<string, string> });
      expectProblem(answer, 'invalid-parameter');
      expect(await store.find(id)).to.not.have.property('removedAt');
    });
  }

  it('does not remove the bootstrap key, and names the place to replace it', async () => {
    const answer = await createApi().remove('bootstrap');
    expectProblem(answer, 'conflict');
    expect(answer.body.detail).to.include('Secrets Manager');
  });

  it('is unavailable while the table is down', async () => {
    const { store, make, remove } = createApi();
    const id = (await make({ name: 'n', scopes: ['keys:read'] })).body.id;
    sinon.stub(store, 'remove').rejects(new Error('down'));
    expectProblem(await remove(id), 'unavailable');
  });
});

describe('the routes of keys', () => {
  const routes: [method: string, path: string, scope: string][] = [
    ['GET', '/v1/keys', 'keys:read'],
    ['POST', '/v1/keys', 'keys:write'],
    ['DELETE', '/v1/keys/key_AAAAAAAAAAAAAAAAAAAA', 'keys:write'],
  ];
  for (const [method, path, scope] of routes) {
    it(`refuse ${method} to a key without ${scope}`, async () => {
      const scopes = new Set([...BOOTSTRAP.scopes].filter((each) => each !== scope));
      const answer = await createApi().call({ method, path, principal: { ...MAKER, scopes } });
      expectProblem(answer, 'forbidden');
      expect(answer.body.detail).to.include(scope);
    });
  }
});
