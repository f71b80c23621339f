import type { UsersStore } from '@weir/dynamodb/users';
import { MemoryUsersStore } from '@weir/dynamodb/users/memory';
import { findUnkept } from '@weir/events';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import type { Answer } from '../../testing/api-event.ts';
import { expectProblem, expectSound } from '../../testing/expect-problem.ts';
import { createUsersApi, type UsersApi } from '../../testing/users-api.ts';
import { userPath } from '../user-id/user-path.ts';
import { changeAvatar } from './change-avatar.ts';

const PATH = '/v1/users/u_42';
const ZOE = { name: 'Zoë', email: 'zoe@example.org', attributes: { plan: 'pro', seats: 3 } };

interface Parts {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
}

const send = (api: UsersApi, body: unknown, { method = 'PUT', headers, path = PATH }: Parts = {}): Promise<Answer> =>
  api.call({ method, path, body: JSON.stringify(body), ...(headers && { headers }) });
const get = (api: UsersApi, headers: Record<string, string> = {}, path = PATH) => api.call({ path, headers });

async function createZoe(): Promise<{ api: UsersApi; etag: string }> {
  const api = createUsersApi();
  const { headers } = await send(api, ZOE);
  return { api, etag: String(headers.etag) };
}

function expectFault(answer: Answer, fault: object): void {
  expect((answer.body.errors as object[])[0]).to.include(fault);
}

describe('PUT /v1/users/{userId}', () => {
  it('creates a user, and answers with the user’s path and state', async () => {
    const api = createUsersApi();
    const answer = await send(api, ZOE);
    expect(answer.status).to.equal(201);
    expect(answer.headers).to.include({ location: PATH, etag: '"v0"' });
    const at = '2025-11-24T16:20:30.501Z';
    expect(answer.body).to.deep.equal({ userId: 'u_42', ...ZOE, avatar: null, createdAt: at, updatedAt: at });
    expect((await get(api)).body).to.deep.equal(answer.body);
  });

  it('replaces everything except the avatar', async () => {
    const { api } = await createZoe();
    await changeAvatar(api.deps, 'u_42', () => ({ status: 'pending' }));
    const { status, headers, body } = await send(api, { email: 'new@example.org' });
    expect([status, headers.location, headers.etag]).to.deep.equal([200, undefined, '"v2"']);
    expect(body).to.include({ email: 'new@example.org', createdAt: '2025-11-24T16:20:30.501Z' });
    expect(body).to.not.have.any.keys('name', 'attributes');
    expect(body.avatar).to.deep.equal({ status: 'pending' });
  });

  it('only creates if If-None-Match is *', async () => {
    const api = createUsersApi();
    const headers = { 'if-none-match': '*' };
    expect((await send(api, ZOE, { headers })).status).to.equal(201);
    expectProblem(await send(api, {}, { headers }), 'precondition-failed');
    expect((await get(api)).body).to.include({ name: 'Zoë' });
  });

  it('replaces only a state that If-Match lists', async () => {
    const { api, etag } = await createZoe();
    const put = (ifMatch: string) => send(api, { name: ifMatch }, { headers: { 'If-Match': ifMatch } });
    expectProblem(await put('"other"'), 'precondition-failed');
    expect((await put(etag)).status).to.equal(200);
    expectProblem(await put(etag), 'precondition-failed');
    expect((await put('*')).status).to.equal(200);
    const elsewhere = { headers: { 'If-Match': '*' }, path: '/v1/users/nobody' };
    expectProblem(await send(api, {}, elsewhere), 'precondition-failed');
    expectProblem(await get(api, {}, '/v1/users/nobody'), 'resource-not-found');
  });

  it('distinguishes a user who was removed and created again from the user before', async () => {
    const { api, etag } = await createZoe();
    const user = await api.store.find('u_42');
    await api.store.remove('u_42', user?.version ?? '');
    await send(api, ZOE);
    expectProblem(await send(api, {}, { headers: { 'If-Match': etag } }), 'precondition-failed');
  });

  for (const [what, body, pointer] of [
    ['a field that is only answered', { userId: 'u_42' }, '/userId'],
    ['a name that is a number', { name: 1 }, '/name'],
    ['a list', [], ''],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const answer = await send(createUsersApi(), body);
      expectProblem(answer, 'invalid-body');
      expectFault(answer, { pointer });
    });
  }

  it('refuses a body that is not JSON, too large, or of another type', async () => {
    const api = createUsersApi();
    expectProblem(await api.call({ method: 'PUT', path: PATH, body: '{' }), 'invalid-json');
    expectProblem(await api.call({ method: 'PUT', path: PATH, body: `{}${' '.repeat(65_535)}` }), 'too-large');
    const headers = { 'content-type': 'application/merge-patch+json' };
    expectProblem(await send(api, {}, { headers }), 'unsupported-media-type');
  });

  it('names a header without an entity tag', async () => {
    const answer = await send(createUsersApi(), {}, { headers: { 'If-Match': 'v0' } });
    expectProblem(answer, 'invalid-header');
    expectFault(answer, { header: 'If-Match' });
  });

  it('answers 409 and writes nothing if other writers are always faster', async () => {
    const losing: UsersStore = new MemoryUsersStore();
    losing.write = async () => 'changed';
    expectProblem(await send(createUsersApi({ store: losing, changeBudgetMs: 50 }), {}), 'conflict');
  });
});

describe('PATCH /v1/users/{userId}', () => {
  for (const type of [
    'application/merge-patch+json',
    'application/json',
    'application/merge-patch+json; charset=utf-8',
  ]) {
    it(`merges a patch of ${type}`, async () => {
      const { api } = await createZoe();
      const patch = { email: null, attributes: { seats: null, plan: 'free', since: 2025 } };
      const { status, headers, body } = await send(api, patch, { method: 'PATCH', headers: { 'content-type': type } });
      expect([status, headers.etag]).to.deep.equal([200, '"v1"']);
      expect(body).to.deep.include({ name: 'Zoë', attributes: { plan: 'free', since: 2025 } });
      expect(body).to.not.have.property('email');
    });
  }

  it('refuses another type', async () => {
    const { api } = await createZoe();
    const headers = { 'content-type': 'application/json-patch+json' };
    expectProblem(await send(api, [], { method: 'PATCH', headers }), 'unsupported-media-type');
  });

  it('creates no user', async () => {
    const api = createUsersApi();
    expectProblem(await send(api, { name: 'a' }, { method: 'PATCH' }), 'resource-not-found');
    expectProblem(await send(api, {}, { method: 'PATCH', headers: { 'If-Match': '*' } }), 'resource-not-found');
  });

  it('changes only a state that If-Match lists', async () => {
    const { api, etag } = await createZoe();
    const patch = (ifMatch: string) => send(api, { name: 'a' }, { method: 'PATCH', headers: { 'If-Match': ifMatch } });
    expectProblem(await patch('"v9"'), 'precondition-failed');
    expect((await patch(`"v9", ${etag}`)).status).to.equal(200);
    expectProblem(await patch(etag), 'precondition-failed');
  });

  for (const [what, patch, pointer] of [
    ['a result that is no profile', { name: '' }, '/name'],
    ['a patch that is a list', [1], ''],
    ['a patch that is null', null, ''],
    ['a field that is only answered', { createdAt: '2025-11-24T16:00:00Z' }, '/createdAt'],
    ['a field that is only answered, taken away', { name: 'a', avatar: null }, '/avatar'],
    ['a field that is not known, taken away', { 'a/b': null }, '/a~1b'],
    ['attributes that are not an object', { attributes: 1 }, '/attributes'],
    ['a result that is too large', { attributes: { a: 'x'.repeat(16_384) } }, ''],
  ] as const) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const { api, etag } = await createZoe();
      const answer = await send(api, patch, { method: 'PATCH' });
      expectProblem(answer, 'invalid-body');
      expectFault(answer, { pointer });
      expect((await get(api)).headers.etag).to.equal(etag);
    });
  }

  it('refuses a patch that nests too deep to be merged', async () => {
    const { api } = await createZoe();
    const body = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expectProblem(await api.call({ method: 'PATCH', path: PATH, body }), 'invalid-body');
  });

  it('keeps all of many patches that arrive at once', async () => {
    const { api } = await createZoe();
    const names = Array.from({ length: 40 }, (_, index) => `a${index}`);
    const answers = await Promise.all(
      names.map((name) => send(api, { attributes: { [name]: true } }, { method: 'PATCH' })),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).to.equal(40);
    expect((await get(api)).body.attributes).to.include.all.keys('plan', ...names);
  });
});

describe('GET /v1/users/{userId}', () => {
  it('answers 304 to a caller who has the state already', async () => {
    const { api, etag } = await createZoe();
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers, body } = await get(api, { 'If-None-Match': tag });
      expect([status, headers.etag, body], tag).to.deep.equal([304, etag, {}]);
    }
    expect((await get(api, { 'If-None-Match': '"other"' })).status).to.equal(200);
    await send(api, { name: 'b' }, { method: 'PATCH' });
    expect((await get(api, { 'If-None-Match': etag })).body).to.include({ name: 'b' });
  });

  it('answers in full if the user has signed addresses, as the caller’s addresses may have expired', async () => {
    const { api } = await createZoe();
    const tag = async () => String((await get(api)).headers.etag);
    const isKept = async () => (await get(api, { 'If-None-Match': await tag() })).status === 304;
    await changeAvatar(api.deps, 'u_42', () => ({ status: 'pending' }));
    expect(await isKept()).to.equal(true);
    await changeAvatar(api.deps, 'u_42', () => ({ status: 'ready', url: 'https://example.org/' }));
    expect(await isKept()).to.equal(false);
  });

  it('answers 404 for an unknown user, with any tag', async () => {
    const api = createUsersApi();
    expectProblem(await get(api), 'resource-not-found');
    expectProblem(await get(api, { 'If-None-Match': '*' }), 'resource-not-found');
  });

  it('answers 412 if the state is not in If-Match', async () => {
    const { api } = await createZoe();
    expectProblem(await get(api, { 'If-Match': '"other"' }), 'precondition-failed');
  });

  for (const id of [
    'a/b',
    '%',
    '.',
    '..',
    '~.',
    ' ',
    '\\',
    'ü',
    '\u{1f600}'.repeat(256),
    'x'.repeat(256),
    '?#&+',
    '\u0000',
  ]) {
    it(`finds ${JSON.stringify(id.slice(0, 10))}, percent-encoded`, async () => {
      const api = createUsersApi();
      const path = userPath(id);
      const created = await send(api, {}, { path });
      expect(created.headers.location).to.equal(path);
      expect((await get(api, {}, path)).body.userId).to.equal(id);
    });
  }

  for (const segment of ['', 'x'.repeat(257), encodeURIComponent('\u{1f600}'.repeat(257))]) {
    it(`refuses the user id ${segment.slice(0, 10)} of ${segment.length}`, async () => {
      for (const method of ['GET', 'PATCH']) {
        const answer = await send(createUsersApi(), {}, { method, path: `/v1/users/${segment}` });
        expectProblem(answer, 'invalid-parameter');
        expectFault(answer, { parameter: 'userId' });
      }
    });
  }

  for (const segment of ['%ED%A0%80', '%ff', '%C0%AF', '%', '%u00']) {
    it(`refuses ${segment}, which is not UTF-8`, async () => {
      for (const method of ['GET', 'PATCH']) {
        expectProblem(await send(createUsersApi(), {}, { method, path: `/v1/users/${segment}` }), 'invalid-path');
      }
    });
  }
});

describe('a value in a profile', () => {
  for (const [what, json, pointers] of [
    ['half of a surrogate pair in a name', '{"name":"\\ud800"}', ['/name']],
    ['half of a surrogate pair in an address', '{"email":"\\udfff@example.org"}', ['/email']],
    [
      'half of a surrogate pair in an attribute',
      '{"attributes":{"a":["x",{"b/c":"\\ud83d"}]}}',
      ['/attributes/a/1/b~1c'],
    ],
    ['half of a surrogate pair in the name of an attribute', '{"attributes":{"a":{"\\ud800":1}}}', ['/attributes/a']],
    ['a number past 2^53 that no double is', '{"attributes":{"a":9007199254740993}}', ['/attributes/a']],
    [
      'numbers that would be 0 and infinite',
      '{"attributes":{"a":1e-400,"b":[-1e400]}}',
      ['/attributes/a', '/attributes/b/0'],
    ],
    ['more digits than a double has', '{"attributes":{"pi":3.14159265358979323846}}', ['/attributes/pi']],
  ] as const) {
    for (const method of ['PUT', 'PATCH']) {
      it(`is refused by ${method} with ${what}`, async () => {
        const { api, etag } = await createZoe();
        const answer = await api.call({ method, path: PATH, body: json });
        expectProblem(answer, 'invalid-body');
        expect((answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).to.deep.equal(pointers);
        expect((await get(api)).headers.etag).to.equal(etag);
      });
    }
  }

  it('is answered as it was sent, alone and in lists, or was refused', async () => {
    const unit = fc.constantFrom('\\ud83d', '\\ude00', 'é', '\\\\', '\\u0000', '😀');
    const text = fc.string({ unit, maxLength: 5 }).map((written) => `"${written}"`);
    const number = fc.tuple(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), fc.integer({ min: -340, max: 320 }));
    const value = fc.oneof(
      text,
      number.map(([digits, exponent]) => `${digits}e${exponent}`),
      fc.json(),
    );
    const property = fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (values) => {
      const api = createUsersApi();
      const attributes = `{"a":[${values.join()}]}`;
      const put = await api.call({ method: 'PUT', path: PATH, body: `{"attributes":${attributes}}` });
      expectSound(put);
      const { body } = await api.call({ path: '/v1/users' });
      const [item] = body.items as { attributes: object }[];
      expect(item === undefined).to.equal(put.status === 400);
      if (item === undefined) return;
      expect(item.attributes).to.deep.equal(JSON.parse(attributes));
      expect(findUnkept(attributes)).to.deep.equal([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('the users’ routes', () => {
  it('answer 503 with Retry-After while the table is down', async () => {
    const down = async () => {
      throw new Error('down');
    };
    const api = createUsersApi({ store: { find: down, write: down, remove: down, list: down } });
    for (const answer of [
      await get(api),
      await send(api, {}),
      await send(api, {}, { method: 'PATCH' }),
      await get(api, {}, '/v1/users'),
    ]) {
      expectProblem(answer, 'unavailable');
      expect(answer.headers['retry-after']).to.equal('2');
    }
  });

  it('write neither names nor addresses of people to the log', async () => {
    const lines: unknown[] = [];
    const keep = (...line: unknown[]) => void lines.push(line);
    const log = { ...silentLog, debug: keep, info: keep, warn: keep, error: keep };
    const api = createUsersApi({}, log);
    await send(api, ZOE);
    await send(api, { ...ZOE, email: 'zoe@example.org@' }, { method: 'PATCH' });
    await get(api);
    const store: UsersStore = new MemoryUsersStore();
    store.find = sinon.stub().rejects(new Error('down'));
    const failing = createUsersApi({ store, log }, log);
    await send(failing, ZOE);
    expect(lines).to.have.length.above(4);
    expect(JSON.stringify(lines)).to.not.match(/zo[eë]|example\.org/iu);
  });

  it('never answer 5xx, for any request', async function () {
    this.timeout(60_000);
    const json = fc.oneof(
      fc.jsonValue(),
      fc.object(),
      fc.record({ name: fc.string(), email: fc.string(), attributes: fc.jsonValue() }, { requiredKeys: [] }),
    );
    const body = fc.oneof(
      json.map((value) => JSON.stringify(value) ?? ''),
      fc.string(),
    );
    const tags = fc.oneof(fc.string(), fc.constantFrom('*', '"v0"', 'W/"v0"'));
    const headers = fc.dictionary(fc.constantFrom('if-match', 'if-none-match', 'content-type'), tags);
    const segment = fc.oneof(fc.string({ unit: 'binary' }).map(encodeURIComponent), fc.webSegment(), fc.string());
    const method = fc.constantFrom('GET', 'PATCH', 'DELETE', 'POST');
    const api = createUsersApi();
    await fc.assert(
      fc.asyncProperty(fc.record({ method, segment, headers, body }), async ({ segment: id, ...parts }) => {
        const answer = await api.call({ ...parts, path: `/v1/users/${id}` });
        if (answer.status !== 304) expectSound(answer);
      }),
      { numRuns: 2_000 },
    );
  });
});
