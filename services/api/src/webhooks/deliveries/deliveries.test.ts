import { type Delivery, type DeliveryOutcome, makeMessageId } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import type { Answer } from '../../testing/api-event.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';
import { createWebhooksApi, timeAt } from '../../testing/webhooks-api.ts';

const MINUTE = 60_000;

/** An endpoint, and what its tests do with it. */
async function createWorld() {
  const api = createWebhooksApi();
  const { webhooks } = api.deps;
  const body = { url: 'https://shop.example/', events: ['alert.fired'] };
  const made = await api.call({ method: 'POST', path: '/v1/webhooks', body });
  const path = String(made.headers.location);
  const endpointId = String(made.body.id);
  const ref = (time: number) => ({ endpointId, messageId: makeMessageId(time, 'alert.fired f1') });
  const setStatus = (status: string) => api.call({ method: 'PATCH', path, body: { status } });
  /** A message of a time, and what came of it. */
  const put = async (time: number, outcome?: DeliveryOutcome) => {
    const message = { id: ref(time).messageId, type: 'alert.fired', timestamp: time, data: {} };
    await webhooks.putMessage(message, { targets: [{ endpointId }], now: time });
    const lease = outcome && (await webhooks.claim(ref(time), { attempt: 0, now: time, leaseUntil: time + MINUTE }));
    // A delivery is held only while its endpoint is disabled.
    if (outcome?.status === 'held') await setStatus('disabled');
    if (outcome) await webhooks.finish(lease as Delivery, outcome);
    if (outcome?.status === 'held') await setStatus('enabled');
    return `${path}/deliveries/${message.id}`;
  };
  const post = (to: string, given?: object) => api.call({ method: 'POST', path: to, ...(given && { body: given }) });
  return { ...api, webhooks, path, endpointId, ref, put, post, setStatus };
}

const FAILED: DeliveryOutcome = { status: 'failed', reason: 'exhausted' };
const ATTEMPT = { at: NOW, status: 503, error: undefined, durationMs: 41, response: 'later' };
const BROKEN = { at: NOW, status: undefined, error: 'no answer within 15 s', durationMs: 15_000, response: undefined };
const idsOf = ({ body }: Answer) => (body.items as { id: string }[]).map(({ id }) => id);

describe('GET /v1/webhooks/{id}/deliveries', () => {
  it('tells the attempts of each, the newest message first', async () => {
    const { put, call, path, ref } = await createWorld();
    await put(NOW, { status: 'pending', nextAttemptAt: NOW + 5_000, attempt: ATTEMPT });
    await put(NOW + 1, { status: 'failed', reason: 'exhausted', attempt: BROKEN });
    const { body } = await call({ path: `${path}/deliveries` });
    expect(body.items).to.deep.equal([
      {
        ...{ id: ref(NOW + 1).messageId, event: 'alert.fired', status: 'failed', reason: 'exhausted' },
        attempts: [{ at: timeAt(0), error: 'no answer within 15 s', durationMs: 15_000 }],
        createdAt: timeAt(1),
      },
      {
        ...{ id: ref(NOW).messageId, event: 'alert.fired', status: 'pending' },
        attempts: [{ at: timeAt(0), status: 503, durationMs: 41, response: 'later' }],
        ...{ nextAttemptAt: timeAt(5_000), createdAt: timeAt(0) },
      },
    ]);
    expect((await call({ path: `${path}/deliveries/${ref(NOW).messageId}` })).body).to.deep.equal(
      (body.items as object[])[1],
    );
  });

  it('goes on from page to page, by cursors of this endpoint only', async () => {
    const { put, call, path, ref, post } = await createWorld();
    for (const time of [NOW, NOW + 1, NOW + 2]) await put(time);
    const first = await call({ path: `${path}/deliveries`, query: { limit: '2' } });
    const cursor = String(first.body.cursor);
    const second = await call({ path: `${path}/deliveries`, query: { limit: '2', cursor } });
    expect([...idsOf(first), ...idsOf(second)]).to.deep.equal([2, 1, 0].map((more) => ref(NOW + more).messageId));
    expect(second.body).not.to.have.property('cursor');
    const other = await post('/v1/webhooks', { url: 'https://b.example/', events: ['alert.fired'] });
    const elsewhere = `${other.headers.location}/deliveries`;
    expectProblem(await call({ path: elsewhere, query: { cursor } }), 'invalid-parameter');
    expectProblem(await call({ path: `${path}/deliveries`, query: { limit: '101' } }), 'invalid-parameter');
  });

  it('knows no delivery that is not there', async () => {
    const { call, path, ref, post } = await createWorld();
    const missing = [
      `${path}/deliveries/${ref(NOW).messageId}`,
      `${path}/deliveries/x`,
      `/v1/webhooks/wh_x/deliveries`,
    ];
    for (const each of missing) expectProblem(await call({ path: each }), 'resource-not-found');
    expectProblem(await post(`${path}/deliveries/${ref(NOW).messageId}/retry`), 'resource-not-found');
    expectProblem(await post(`${path}/deliveries/x/retry`), 'resource-not-found');
  });
});

describe('POST /v1/webhooks/{id}/test', () => {
  it('has a message sent to this endpoint alone, and says where its result will be', async () => {
    const { call, path, post, webhooks, endpointId } = await createWorld();
    await post('/v1/webhooks', { url: 'https://b.example/', events: ['alert.fired'] });
    const [first, second] = [await post(`${path}/test`), await post(`${path}/test`)];
    expect(first.status).to.equal(202);
    expect(first.body).to.deep.include({
      event: 'endpoint.test',
      status: 'pending',
      attempts: [],
      nextAttemptAt: timeAt(0),
    });
    expect((await call({ path: String(first.headers.location) })).body).to.deep.equal(first.body);
    expect(second.body.id).not.to.equal(first.body.id);
    const message = await webhooks.findMessage(String(first.body.id));
    expect(message).to.deep.include({ type: 'endpoint.test', timestamp: NOW, data: { endpointId } });
    const due: string[] = [];
    for await (const each of webhooks.listDue({ now: NOW + MINUTE, limit: 9 })) due.push(each.endpointId);
    expect(due).to.deep.equal([endpointId, endpointId]);
  });
});

describe('POST /v1/webhooks/{id}/deliveries/{deliveryId}/retry', () => {
  it('has a delivery sent again, whatever came of it', async () => {
    const { put, post, clock } = await createWorld();
    for (const outcome of [FAILED, { status: 'held' }, { status: 'delivered', attempt: ATTEMPT }] as const) {
      const delivery = await put(clock.now, outcome);
      clock.now += 2 * MINUTE;
      const answer = await post(`${delivery}/retry`);
      expect([answer.status, answer.headers.location]).to.deep.equal([202, delivery]);
      const nextAttemptAt = new Date(clock.now).toISOString();
      expect(answer.body).to.include({ status: 'pending', nextAttemptAt }).and.not.have.property('reason');
    }
  });

  it('does not disturb an attempt that is under way', async () => {
    const { put, post, webhooks, ref } = await createWorld();
    const delivery = await put(NOW);
    await webhooks.claim(ref(NOW), { attempt: 0, now: NOW, leaseUntil: NOW + MINUTE });
    expectProblem(await post(`${delivery}/retry`), 'conflict');
  });
});

describe('POST /v1/webhooks/{id}/recover', () => {
  it('has sent again what failed or was held in a time, and says how many', async () => {
    const { put, post, path, call, clock } = await createWorld();
    clock.now = NOW + MINUTE;
    const outcomes = [FAILED, FAILED, { status: 'held' }, { status: 'failed', reason: 'aborted' }] as const;
    const all: string[] = [];
    for (const [index, outcome] of outcomes.entries()) all.push(await put(NOW + index, outcome));
    const answer = await post(`${path}/recover`, { since: timeAt(1), until: timeAt(4) });
    expect([answer.status, answer.body]).to.deep.equal([202, { count: 2 }]);
    const statuses = await Promise.all(all.map(async (each) => (await call({ path: each })).body.status));
    expect(statuses).to.deep.equal(['failed', 'pending', 'pending', 'failed']);
    expect((await post(`${path}/recover`, { since: timeAt(0) })).body).to.deep.equal({ count: 1 });
  });

  it('names the time at which to go on where there are too many for one request', async () => {
    const { webhooks, post, path } = await createWorld();
    Object.assign(webhooks, { recover: async () => ({ count: 2_000, next: NOW + 7 }) });
    expect((await post(`${path}/recover`, { since: timeAt(0) })).body).to.deep.equal({ count: 2_000, next: timeAt(7) });
  });

  it('ends well before its budget of twelve seconds', async () => {
    const { webhooks, post, path, clock } = await createWorld();
    const late: (boolean | undefined)[] = [];
    const recover: typeof webhooks.recover = async (_id, { isLate }) => {
      for (const ms of [0, 7_999, 8_000]) {
        clock.now = NOW + ms;
        late.push(isLate?.());
      }
      return { count: 25, next: NOW + 7 };
    };
    Object.assign(webhooks, { recover });
    expect((await post(`${path}/recover`, { since: timeAt(0) })).body).to.deep.equal({ count: 25, next: timeAt(7) });
    expect(late).to.deep.equal([false, false, true]);
  });

  const bad: [what: string, body: object, pointers: string[]][] = [
    ['nothing', {}, ['/since']],
    ['a time that is none', { since: 'yesterday' }, ['/since']],
    ['a range that ends before it begins', { since: timeAt(0), until: timeAt(-1) }, ['/since']],
    ['the future', { since: timeAt(1) }, ['/since']],
    ['a year with five digits', { since: timeAt(0), until: '9999-12-31T23:59:59-01:00' }, ['/until']],
  ];
  for (const [what, body, pointers] of bad) {
    it(`refuses ${what}`, async () => {
      const { post, path } = await createWorld();
      const answer = await post(`${path}/recover`, body);
      expectProblem(answer, 'invalid-body');
      expect((answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).to.deep.equal(pointers);
    });
  }
});

describe('a disabled endpoint', () => {
  it('is sent nothing that a caller asks for: it must be enabled first', async () => {
    const { put, post, path, setStatus } = await createWorld();
    const delivery = await put(NOW, { status: 'held' });
    await setStatus('disabled');
    expectProblem(await post(`${path}/test`), 'conflict');
    expectProblem(await post(`${delivery}/retry`), 'conflict');
    expectProblem(await post(`${path}/recover`, { since: timeAt(0) }), 'conflict');
  });
});
