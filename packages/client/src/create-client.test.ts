import { expect } from 'chai';
import { OPERATIONS } from './api/operations.ts';
import { ProblemError } from './calls/call-errors.ts';
import { createClient } from './create-client.ts';
import { answer, FakeApi, type Fate, problem, type Sent } from './testing/fake-api.ts';

function open(fate: (sent: Sent, index: number) => Fate = () => answer(200, { ok: true })) {
  const api = new FakeApi(fate);
  return { api, weir: createClient({ url: 'https://weir.example/v1/', key: 'weir_k', fetch: api.fetch }) };
}

describe('the client', () => {
  it('has a method for each operation', () => {
    const { weir } = open();
    for (const name of Object.keys(OPERATIONS)) expect(weir).to.have.property(name).that.is.a('function');
  });

  it('resolves with the body, and with the whole answer if that is wanted', async () => {
    const { api, weir } = open(() => answer(200, { userId: 'u' }, { etag: '"1"' }));
    expect(await weir.getUser({ userId: 'u' })).to.deep.equal({ userId: 'u' });
    const { status, headers, body } = await weir.call('getUser', { userId: 'u' });
    expect([status, headers.get('etag'), body.userId]).to.deep.equal([200, '"1"', 'u']);
    expect(api.sent[0]?.url).to.equal('https://weir.example/v1/users/u');
  });

  it('reads text, and an answer without a body', async () => {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const { weir } = open(({ method }) =>
      method === 'DELETE' ? answer(204, undefined) : new Response('<!doctype html>', { headers: html }),
    );
    expect(await weir.getDocs()).to.equal('<!doctype html>');
    expect(await weir.deleteKey({ id: 'key_1' })).to.equal(undefined);
  });

  it('sends a POST again under the same Idempotency-Key, and the next one under another', async () => {
    const { api, weir } = open((_, index) => (index === 0 ? problem(503, 'unavailable') : answer(201, {})));
    for (let i = 0; i < 2; i++) await weir.createKey({ body: { name: 'shop', scopes: ['events:write'] } });
    const [first, again, next] = api.sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(first)
      .to.match(/^[0-9a-f]{32}$/)
      .and.equal(again);
    expect(next)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(first);
  });

  it('rejects with a problem to branch on', async () => {
    const { weir } = open(() => problem(404, 'resource-not-found'));
    const error = await weir.getReport({ id: 'r' }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ProblemError).and.include({ problem: 'resource-not-found' });
  });

  it('ends a wait when the signal says so', async () => {
    const slow = () => problem(429, 'too-many-requests', { headers: { 'retry-after': '30' } });
    const stop = new AbortController();
    const called = open(slow).weir.listActions({}, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 10);
    expect(await called.catch((thrown: Error) => thrown.message)).to.equal('enough');
  });

  it('lists through all pages', async () => {
    const { weir } = open((_, index) =>
      answer(200, { items: [{ userId: `u${index}` }], ...(index < 2 && { cursor: 'c' }) }),
    );
    const ids: string[] = [];
    for await (const { userId } of weir.items('listUsers')) ids.push(userId);
    expect(ids).to.deep.equal(['u0', 'u1', 'u2']);
  });

  it('sends events by a sender', async () => {
    const { api, weir } = open(() => answer(202, { accepted: 1, rejected: [] }));
    const sender = weir.sender({ onGivenUp: ({ error }) => expect.fail(error.message) });
    await sender.send({ userId: 'u', action: 'a' });
    await sender.close();
    const { events } = api.sent[0]!.body as { events: { id: string; timestamp: number }[] };
    expect(events[0]?.id).to.match(/^[0-9a-f]{32}$/);
    expect(events[0]?.timestamp).to.be.closeTo(Date.now(), 60_000);
  });
});
