import { addressIdOf } from '@weir/dynamodb/addresses';
import { unsubscribeToken } from '@weir/mail';
import { expect } from 'chai';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { createAddressesApi } from '../testing/addresses-api.ts';
import { expectProblem } from '../testing/expect-problem.ts';

const WANTED = { address: 'Zoe@shop.example', receives: ['report.ready'] };
const ID = addressIdOf(WANTED.address);
const PATH = `/v1/addresses/${ID}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const add = (api: ReturnType<typeof createAddressesApi>, body: object = WANTED) =>
  api.call({ method: 'POST', path: '/v1/addresses', body });

/** The link of a mail to the address. */
async function linkOf({ deps }: ReturnType<typeof createAddressesApi>): Promise<string> {
  const stored = await deps.addresses.findAddress(ID);
  return `/v1/unsubscribe/${unsubscribeToken({ addressId: ID, secret: stored?.secret ?? '' })}`;
}

describe('POST /v1/addresses', () => {
  it('adds an address, and shows no secret', async () => {
    const api = createAddressesApi();
    const { status, headers, body } = await add(api);
    expect(status).to.equal(201);
    expect(headers.location).to.equal(PATH);
    expect(body).to.have.all.keys('id', 'address', 'receives', 'status', 'createdAt', 'updatedAt');
    expect(body).to.deep.include({ id: ID, ...WANTED, status: 'active' });
    expect((await api.call({ path: PATH })).body).to.deep.equal(body);
  });

  it('changes what an address gets, however it is written', async () => {
    const api = createAddressesApi();
    await add(api);
    const link = await linkOf(api);
    const { status, body } = await add(api, { address: 'zoe@SHOP.example', receives: [] });
    expect(status).to.equal(200);
    expect(body).to.deep.include({ id: ID, address: WANTED.address, receives: [] });
    expect(await linkOf(api)).to.equal(link);
  });

  it('brings back no address that has ended, until it is removed', async () => {
    const api = createAddressesApi();
    await add(api);
    await api.deps.addresses.endAddress(ID, { status: 'complained', reason: 'abuse', at: 9 });
    expectProblem(await add(api), 'conflict');
    expect((await api.call({ path: PATH })).body).to.include({ status: 'complained', reason: 'abuse' });
    expect((await api.call({ method: 'DELETE', path: PATH })).status).to.equal(204);
    expect((await add(api)).status).to.equal(201);
  });

  for (const body of [
    ...[{}, { ...WANTED, address: 'zoe' }, { ...WANTED, address: 'a@b.example, c@d.example' }],
    ...[
      { ...WANTED, receives: ['alert.fired'] },
      { ...WANTED, receives: ['report.ready', 'report.ready'] },
    ],
    ...[
      { ...WANTED, status: 'active' },
      { ...WANTED, address: 'zoë@shop.example' },
    ],
  ]) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const api = createAddressesApi();
      expectProblem(await add(api, body), 'invalid-body');
      expect((await api.call({ path: '/v1/addresses' })).body).to.deep.equal({ items: [] });
    });
  }
});

describe('the other routes of addresses', () => {
  it('list addresses in pages', async () => {
    const api = createAddressesApi();
    for (const name of ['a', 'b', 'c']) await add(api, { ...WANTED, address: `${name}@shop.example` });
    const first = await api.call({ path: '/v1/addresses', query: { limit: '2' } });
    expect(first.body.items).to.have.length(2);
    const { body } = await api.call({ path: '/v1/addresses', query: { cursor: String(first.body.cursor) } });
    expect(body.items).to.have.length(1);
    expect(body).to.not.have.property('cursor');
  });

  it('show an erased address without what it was', async () => {
    const api = createAddressesApi();
    await add(api);
    await api.deps.addresses.eraseAddress(ID, 9);
    const { body } = await api.call({ path: PATH });
    expect(body).to.include({ status: 'erased' }).and.not.have.any.keys('address', 'reason');
  });

  it('know no other ids', async () => {
    const api = createAddressesApi();
    for (const path of [PATH, '/v1/addresses/zoe@shop.example']) {
      expectProblem(await api.call({ path }), 'resource-not-found');
      expectProblem(await api.call({ method: 'DELETE', path }), 'resource-not-found');
    }
  });

  it('are closed to a key that is limited to action prefixes', async () => {
    const api = createAddressesApi();
    const principal = { ...BOOTSTRAP, actionPrefixes: ['shop.'] };
    expectProblem(await api.call({ path: '/v1/addresses', principal }), 'forbidden');
    expectProblem(await api.call({ method: 'POST', path: '/v1/addresses', body: WANTED, principal }), 'forbidden');
    expectProblem(await api.call({ method: 'DELETE', path: PATH, principal }), 'forbidden');
  });

  it('say that the table is down', async () => {
    const api = createAddressesApi();
    const down = async () => Promise.reject(new Error('down'));
    Object.assign(api.deps.addresses, {
      addAddress: down,
      findAddress: down,
      listAddresses: down,
      removeAddress: down,
    });
    expectProblem(await add(api), 'unavailable');
    for (const path of ['/v1/addresses', PATH]) expectProblem(await api.call({ path }), 'unavailable');
    expectProblem(await api.call({ method: 'DELETE', path: PATH }), 'unavailable');
  });
});

describe('the link of a mail', () => {
  it('shows a button, and changes nothing: scanners of mail follow it', async () => {
    const api = createAddressesApi();
    await add(api);
    const { statusCode, headers, body } = await api.visit({ path: await linkOf(api) });
    expect(statusCode).to.equal(200);
    expect(headers).to.include({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(headers?.['content-security-policy']).to.include("default-src 'none'").and.include("form-action 'self'");
    expect(body).to.include('<form method="post">').and.include('name="List-Unsubscribe" value="One-Click"');
    expect((await api.call({ path: PATH })).body).to.include({ status: 'active' });
  });

  for (const [what, headers, body] of [
    ['a form', FORM, 'List-Unsubscribe=One-Click'],
    ['a form of parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n\r\nOne-Click\r\n--x--'],
    ['nothing', {}, undefined],
  ] as const) {
    it(`ends the mails by a POST of ${what}, without a key, as often as it comes`, async () => {
      const api = createAddressesApi();
      await add(api);
      const parts = { method: 'POST', path: await linkOf(api), headers: { ...headers }, ...(body && { body }) };
      for (let times = 0; times < 2; times++) {
        const answer = await api.visit(parts);
        expect(answer.statusCode).to.equal(200);
        expect(answer.body).to.include('You are unsubscribed').and.not.include('<form');
      }
      expect((await api.call({ path: PATH })).body).to.include({ status: 'unsubscribed' });
    });
  }

  it('of another stage belongs to nobody here', async () => {
    const [api, other] = [createAddressesApi(), createAddressesApi(9)];
    await add(api);
    await add(other);
    const { statusCode } = await api.visit({ method: 'POST', path: await linkOf(other), headers: FORM });
    expect(statusCode).to.equal(404);
    expect((await api.call({ path: PATH })).body).to.include({ status: 'active' });
  });

  it('belongs to nobody if a letter is wrong, or the address is gone', async () => {
    const api = createAddressesApi();
    await add(api);
    const link = await linkOf(api);
    const post = async (path: string) => JSON.parse((await api.visit({ method: 'POST', path, headers: FORM })).body);
    const wrong = `${link.slice(0, -1)}${link.endsWith('w') ? 'x' : 'w'}`;
    expect(await post(wrong)).to.include({ status: 404 });
    expect(await post('/v1/unsubscribe/x')).to.include({ status: 404 });
    expect(JSON.parse((await api.visit({ path: '/v1/unsubscribe/x' })).body)).to.include({ status: 404 });
    expect((await api.call({ path: PATH })).body).to.include({ status: 'active' });
    await api.deps.addresses.eraseAddress(ID, 9);
    expect(await post(link)).to.include({ status: 404 });
  });
});
