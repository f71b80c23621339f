import type { StoredUser } from '@weir/dynamodb/users';
import { expect } from 'chai';
import { createCursors } from '../http/requests/cursor.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createUsersApi, type UsersApi } from '../testing/users-api.ts';

const idOf = (index: number) => `u_${String(index).padStart(7, '0')}`;

async function addUsers(api: UsersApi, count: number, avatar?: StoredUser['avatar']): Promise<void> {
  const more = { profile: { name: 'somebody' }, avatar, createdAt: 0, updatedAt: 0 };
  for (let index = 0; index < count; index++) {
    const user: StoredUser = { userId: idOf(index), version: `${index}`, ...more };
    await api.store.write(user, undefined);
  }
}

interface Page {
  readonly ids: string[];
  readonly cursor: string | undefined;
}

async function readPage(api: UsersApi, query: Record<string, string>): Promise<Page> {
  const { status, body } = await api.call({ path: '/v1/users', query });
  expect(status).to.equal(200);
  const ids = (body.items as { userId: string }[]).map(({ userId }) => userId);
  return { ids, cursor: body.cursor as string | undefined };
}

async function* readPages(api: UsersApi, limit: number): AsyncIterable<string[]> {
  let query: Record<string, string> = { limit: String(limit) };
  for (;;) {
    const { ids, cursor } = await readPage(api, query);
    yield ids;
    if (cursor === undefined) return;
    query = { ...query, cursor };
  }
}

describe('GET /v1/users', () => {
  it('answers an empty list before the first user', async () => {
    expect((await createUsersApi().call({ path: '/v1/users' })).body).to.deep.equal({ items: [] });
  });

  it('lists users in the form in which they are answered one by one', async () => {
    const api = createUsersApi();
    await api.call({ method: 'PUT', path: '/v1/users/u', body: '{"name":"Zoë"}' });
    const { body } = await api.call({ path: '/v1/users' });
    expect(body.items).to.deep.equal([(await api.call({ path: '/v1/users/u' })).body]);
  });

  it('leads through all pages by the cursor, with each user once, and to no empty page', async () => {
    const api = createUsersApi();
    await addUsers(api, 30);
    for (const limit of [1, 7, 10, 29, 30, 31, 1_000]) {
      const pages: string[][] = [];
      for await (const page of readPages(api, limit)) pages.push(page);
      expect(pages.flat()).to.deep.equal(Array.from({ length: 30 }, (_, index) => idOf(index)));
      expect(pages).to.have.length(Math.ceil(30 / limit));
    }
    expect((await readPage(api, {})).ids).to.have.length(30);
  });

  it('has fewer users on a page if their addresses are long: a function answers at most 6 MB', async () => {
    const url = 'x'.repeat(4_000);
    const api = createUsersApi({ presentAvatar: async () => ({ status: 'ready', url, thumbnailUrl: url }) });
    await addUsers(api, 1_000, { status: 'ready' });
    const { body } = await api.call({ path: '/v1/users', query: { limit: '1000' } });
    expect(JSON.stringify(JSON.stringify(body)).length).to.be.within(4_900_000, 6_000_000);
    const pages: string[][] = [];
    for await (const page of readPages(api, 1_000)) pages.push(page);
    expect(pages).to.have.length(2);
    expect(pages.flat()).to.deep.equal(Array.from({ length: 1_000 }, (_, index) => idOf(index)));
  });

  it('continues at the same place although users were added and removed', async () => {
    const api = createUsersApi();
    await addUsers(api, 6);
    const { cursor = '' } = await readPage(api, { limit: '3' });
    await api.store.remove(idOf(2), '2');
    await api.store.remove(idOf(3), '3');
    expect((await readPage(api, { limit: '3', cursor })).ids).to.deep.equal([idOf(4), idOf(5)]);
  });

  it('reads one page of a long list for each page, and holds no more than that', async function () {
    this.timeout(60_000);
    const api = createUsersApi();
    await addUsers(api, 20_000);
    let [seen, last, pages] = [0, '', 0];
    for await (const page of readPages(api, 100)) {
      for (const id of page) {
        if (id <= last) throw new Error(`${id} after ${last}`);
        last = id;
      }
      seen += page.length;
      pages += 1;
    }
    expect([seen, pages, api.store.read.mostAtOnce]).to.deep.equal([20_000, 200, 101]);
    expect(api.store.read.total).to.equal(20_000 + 199);
  });

  for (const [name, value] of [
    ['limit', '0'],
    ['limit', '1001'],
    ['limit', 'ten'],
    ['cursor', ''],
    ['cursor', Buffer.from('u_1').toString('base64url')],
    ['page', '2'],
  ] as const) {
    it(`names ${name}=${value}`, async () => {
      const answer = await createUsersApi().call({ path: '/v1/users', query: { [name]: value } });
      expectProblem(answer, 'invalid-parameter');
      expect(answer.body.errors).to.have.nested.property('[0].parameter', name);
    });
  }

  it('refuses a cursor of another list, and a changed cursor', async () => {
    const api = createUsersApi();
    await addUsers(api, 3);
    const { cursor = '' } = await readPage(api, { limit: '1' });
    const other = await createCursors({ secret: () => 'a secret' }).seal('actions', idOf(0));
    for (const forged of [other, `${cursor}A`, cursor.slice(0, -4), `A${cursor.slice(1)}x`]) {
      expectProblem(await api.call({ path: '/v1/users', query: { cursor: forged } }), 'invalid-parameter');
    }
  });

  it('answers 503 if a cursor cannot be signed or checked', async () => {
    const cursors = createCursors({ secret: async () => Promise.reject(new Error('down')) });
    const api = createUsersApi({ cursors });
    await addUsers(api, 2);
    expectProblem(await api.call({ path: '/v1/users', query: { limit: '1' } }), 'unavailable');
    const cursor = await createCursors({ secret: () => 'a secret' }).seal('users', 'a');
    expectProblem(await api.call({ path: '/v1/users', query: { cursor } }), 'unavailable');
    expect((await readPage(api, {})).ids).to.have.length(2);
  });
});
