import type { Erasure } from '@weir/dynamodb/erasures';
import { silentLog } from '@weir/logging';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { createErasuresFixture } from '../testing/erasures-fixture.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import type { ErasureRoutesDeps } from './answer-erasures.ts';
import { userHashOf } from './begin-erasure.ts';
import { erasuresOperations, erasuresSchemas } from './erasures-operations.ts';
import { createErasureRoutes } from './erasures-routes.ts';

interface Accepted {
  readonly content: { readonly 'application/json': { readonly example: object } };
}

function createApi(overrides: Partial<ErasureRoutesDeps> = {}, principal: Principal = BOOTSTRAP) {
  const fixture = createErasuresFixture();
  const routes = createErasureRoutes({ ...fixture.routes, ...overrides });
  const serve = createServe({ routes, authenticate: async () => principal, log: silentLog });
  const call = async (parts: EventParts): Promise<Answer> => readAnswer(await serve(apiEvent(parts)));
  const remove = (userId: string, headers: Record<string, string> = {}) =>
    call({ method: 'DELETE', path: `/v1/users/${encodeURIComponent(userId)}`, headers });
  return { ...fixture, call, remove };
}

const placesOf = (answer: Answer) =>
  new Map((answer.body.places as { name: string }[]).map((place) => [place.name, place as Record<string, unknown>]));

describe('deleting a user', () => {
  it('begins a pass, erases the places that can be erased at once, and answers with the receipt', async () => {
    const { remove, call, started, erased } = createApi();
    const answer = await remove('ü/1');
    expect([answer.status, answer.headers.location]).to.deep.equal([202, '/v1/erasures/e0']);
    expect(started).to.deep.equal(['pass-1-e1']);
    expect(erased).to.deep.equal(['profile ü/1', 'activity ü/1']);
    expect(answer.body).to.include({ id: 'e0', status: 'running', userHash: userHashOf('e0', 'ü/1') });
    expect(placesOf(answer).get('profile')).to.include({ status: 'erasing', items: 2 });
    expect(placesOf(answer).get('backups')).to.include({ status: 'expires', expiresAt: '2026-08-23T11:30:01.000Z' });
    const receipt = await call({ path: '/v1/erasures/e0' });
    expect([receipt.status, receipt.body]).to.deep.equal([200, answer.body]);
    expect(JSON.stringify(receipt.body)).not.to.include('ü/1');
  });

  it('joins the erasure that has not ended', async () => {
    const { remove, started, clock } = createApi();
    await remove('u');
    clock.now += 500;
    const again = await remove('u');
    expect([again.body.id, again.body.coversUntil]).to.deep.equal(['e0', '2026-01-10T11:30:01.000Z']);
    clock.now += 86_400_000;
    const later = await remove('u');
    expect([later.body.id, later.body.coversUntil]).to.deep.equal(['e0', '2026-01-11T11:30:01.500Z']);
    expect(started).to.deep.equal(['pass-1-e1']);
  });

  it('starts one execution for twenty users who are deleted at once', async () => {
    const { remove, started, erasures, clock } = createApi();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => remove(`unknown ${i}`)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(202));
    expect(started).to.have.length(1);
    const waiting: string[] = [];
    for await (const { id } of erasures.listDue(clock.now)) waiting.push(id);
    expect(waiting).to.have.members(answers.map(({ body }) => body.id));
  });

  it('continues an erasure that failed', async () => {
    const { remove, erasures } = createApi();
    await remove('u');
    await erasures.fail((await erasures.find('e0')) as Erasure);
    expect((await remove('u')).body).to.include({ id: 'e0', status: 'running' });
  });

  it('needs no state machine: the schedule begins the pass', async () => {
    const { remove, erasures, erased } = createApi({ beginPass: () => Promise.reject(new Error('throttled')) });
    expect((await remove('u')).body).to.include({ id: 'e0', status: 'running' });
    expect(erased).to.deep.equal(['profile u', 'activity u']);
    expect((await erasures.find('e0'))?.step).to.equal('now');
  });

  it('is completed by a retry, wherever the first attempt died', async () => {
    for (const dies of ['begin', 'profile', 'activity', 'credit']) {
      const fixture = createErasuresFixture();
      let isDead = true;
      const point = (name: string) => {
        if (isDead && name === dies) throw new Error('died');
      };
      const places = fixture.routes.places.map(({ name, erase }) => ({
        name,
        erase: async (userId: string) => {
          point(name);
          return erase(userId);
        },
      }));
      const erasures = Object.assign(Object.create(fixture.erasures), {
        begin: (start: never) => {
          point('begin');
          return fixture.erasures.begin(start);
        },
        credit: (...args: [never, never, never]) => {
          point('credit');
          return fixture.erasures.credit(...args);
        },
        find: (id: string) => fixture.erasures.find(id),
        findOf: (id: string) => fixture.erasures.findOf(id),
      });
      const api = createApi({ ...fixture.routes, places, erasures });
      expectProblem(await api.remove('u'), 'unavailable');
      isDead = false;
      const retried = await api.remove('u');
      expect([dies, retried.status, retried.body.status]).to.deep.equal([dies, 202, 'running']);
      expect(fixture.erased).to.include.members(['profile u', 'activity u']);
      expect(fixture.started).to.have.length(1);
    }
  });

  it('compares If-Match with the profile, and accepts a repeated request after the profile is gone', async () => {
    let tag: string | undefined = '"v2"';
    const { remove, started } = createApi({ findTag: async () => tag });
    expectProblem(await remove('u', { 'If-Match': 'v2' }), 'invalid-header');
    for (const ifMatch of ['"v1"', 'W/"v2"', '"v1", "v3"']) {
      expectProblem(await remove('u', { 'If-Match': ifMatch }), 'precondition-failed');
    }
    expect(started).to.deep.equal([]);
    expect((await remove('u', { 'If-Match': '"v1", "v2"' })).status).to.equal(202);
    tag = undefined;
    expect((await remove('u', { 'If-Match': '"v2"' })).status).to.equal(202);
    expectProblem(await remove('other', { 'If-Match': '*' }), 'precondition-failed');
  });

  it('erases no user whose profile is in a state that If-None-Match lists', async () => {
    let tag: string | undefined = '"v2"';
    const { remove, started } = createApi({ findTag: async () => tag });
    for (const ifNoneMatch of ['*', '"v2"', 'W/"v2"', '"v1", "v2"']) {
      expectProblem(await remove('u', { 'If-None-Match': ifNoneMatch }), 'precondition-failed');
    }
    expectProblem(await remove('u', { 'If-Match': '"v2"', 'If-None-Match': '*' }), 'precondition-failed');
    expect(started).to.deep.equal([]);
    expect((await remove('u', { 'If-None-Match': '"v1"' })).status).to.equal(202);
    tag = undefined;
    expect((await remove('other', { 'If-None-Match': '*' })).status).to.equal(202);
  });

  it('refuses ids that no event can have', async () => {
    const { remove } = createApi();
    expectProblem(await remove('x'.repeat(257)), 'invalid-parameter');
    expectProblem(await remove(''), 'invalid-parameter');
    expect((await remove('😀'.repeat(256))).status).to.equal(202);
  });

  it('needs the scope users:write, and the receipt needs users:read', async () => {
    const reader = createApi({}, { kind: 'principal', keyId: 'k', scopes: new Set(['users:read']) });
    expectProblem(await reader.remove('u'), 'forbidden');
    expectProblem(await reader.call({ path: '/v1/erasures/e0' }), 'resource-not-found');
    const writer = createApi({}, { kind: 'principal', keyId: 'k', scopes: new Set(['users:write']) });
    expect((await writer.remove('u')).status).to.equal(202);
    expectProblem(await writer.call({ path: '/v1/erasures/e0' }), 'forbidden');
  });

  it('finds no receipt for an id that was never given', async () => {
    const { call } = createApi();
    for (const id of ['none', '', '%20', 'x'.repeat(2_000)]) {
      expectProblem(await call({ path: `/v1/erasures/${id}` }), 'resource-not-found');
    }
  });
});

describe('the receipt', () => {
  it('matches its schema and its examples', async () => {
    const { remove } = createApi();
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const responses = erasuresOperations['/v1/users/{userId}'].delete.responses as unknown as Record<string, Accepted>;
    const example = responses[202]?.content['application/json'].example;
    for (const receipt of [(await remove('u')).body, example]) {
      expect(ajv.validate(erasuresSchemas.Erasure as object, receipt), ajv.errorsText()).to.equal(true);
    }
  });
});
