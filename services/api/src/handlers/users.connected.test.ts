import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import type { EventParts } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { tableResource } from '../testing/table-resource.ts';
import { useFunction } from '../testing/use-function.ts';

const TABLE = 'weir-test-users';
const BATCH = 25;

describe('the function users over the local AWS', function () {
  this.timeout(60_000);
  const { call, addFault, client } = useFunction({
    ...{ name: 'users', timeoutSeconds: 20, load: () => import('./users.ts'), env: process.env },
    resources: { Users: tableResource(TABLE) },
    told: { WEIR_USER_ACTIVITY: 'false' },
  });

  const send = (path: string, body: object, parts: Pick<EventParts, 'method' | 'headers'> = {}) =>
    call({ method: 'PUT', path, body, ...parts });

  it('keeps a profile from its creation on, and guards each state', async () => {
    const path = `/v1/users/${encodeURIComponent('a/b ü')}`;
    const created = await send(path, { name: 'Zoë', attributes: { a: 1 } });
    expect([created.status, created.body.userId]).to.deep.equal([201, 'a/b ü']);
    const etag = String(created.headers.etag);
    const patched = await send(
      path,
      { attributes: { a: null, b: 2 } },
      { method: 'PATCH', headers: { 'if-match': etag } },
    );
    expect([patched.status, patched.body.attributes]).to.deep.equal([200, { b: 2 }]);
    expectProblem(await send(path, {}, { headers: { 'if-match': etag } }), 'precondition-failed');
    expectProblem(await send(path, {}, { headers: { 'if-none-match': '*' } }), 'precondition-failed');
    const now = String(patched.headers.etag);
    expect((await call({ path, headers: { 'if-none-match': now } })).status).to.equal(304);
    expect((await call({ path })).body).to.deep.equal(patched.body);
  });

  it('keeps all of many patches that arrive at once', async () => {
    await send('/v1/users/many', {});
    const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const answers = await Promise.all(
      names.map((name) => send('/v1/users/many', { attributes: { [name]: true } }, { method: 'PATCH' })),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect((await call({ path: '/v1/users/many' })).body.attributes).to.have.all.keys(...names);
  });

  it('answers normally if an answer of the table was lost', async () => {
    addFault({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    expect((await send('/v1/users/lost', { name: 'a' })).status).to.equal(201);
    addFault({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    expect(
      (await send('/v1/users/lost', { name: 'b' }, { method: 'PATCH', headers: { 'if-match': '*' } })).status,
    ).to.equal(200);
    expect((await call({ path: '/v1/users/lost' })).body.name).to.equal('b');
  });

  it('is unavailable while the table is down', async () => {
    addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    expectProblem(await call({ path: '/v1/users/u' }), 'unavailable');
  });

  it('answers 404 for activity, which this stage does not count', async () => {
    expectProblem(await call({ path: '/v1/users/u/activity' }), 'resource-not-found');
  });

  it('lists all users by its cursors, and refuses other cursors', async () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `zz_${String(index).padStart(5, '0')}`);
    for (let at = 0; at < ids.length; at += BATCH) {
      const puts = ids.slice(at, at + BATCH).map((id) => ({
        PutRequest: { Item: { pk: { S: 'users' }, sk: { S: id }, createdAt: { N: '0' }, updatedAt: { N: '0' } } },
      }));
      await client().send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: puts } }));
    }
    const seen: string[] = [];
    let query: Record<string, string> = { limit: '300' };
    for (;;) {
      const { body } = await call({ path: '/v1/users', query });
      seen.push(...(body.items as { userId: string }[]).map(({ userId }) => userId));
      if (typeof body.cursor !== 'string') break;
      query = { ...query, cursor: body.cursor };
    }
    expect(seen.filter((id) => id.startsWith('zz_'))).to.deep.equal(ids);
    expect(new Set(seen).size).to.equal(seen.length);
    expectProblem(await call({ path: '/v1/users', query: { cursor: `x${query.cursor}` } }), 'invalid-parameter');
  });
});
