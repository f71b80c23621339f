import { MAX_EVENT_BYTES } from '@weir/events';
import { type Meter, silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem, expectSound } from '../testing/expect-problem.ts';
import { createStubEventStream } from '../testing/stub-event-stream.ts';
import { createEventsRoutes } from './events-routes.ts';

const NOW = Date.UTC(2025, 10, 24, 16);
const EVENT = { id: 'e-1', userId: 'u_42', action: 'checkout', timestamp: NOW, value: 19.9 };

function createApi() {
  const stream = createStubEventStream();
  const counted: [name: string, value: number][] = [];
  const meter: Meter = { count: (name, value = 1) => counted.push([name, value]), observe: () => undefined };
  let ids = 0;
  const serve = createServe({
    routes: createEventsRoutes({
      stream,
      now: () => NOW,
      newId: () => `random-${ids++}`,
      meter,
    }),
    authenticate: createAuthenticate({ log: silentLog, now: () => NOW }),
    log: silentLog,
  });
  const post = async (body: string, parts: Partial<EventParts> = {}): Promise<Answer> =>
    readAnswer(await serve(apiEvent({ method: 'POST', path: '/v1/events', body, ...parts })));
  const send = (events: readonly unknown[], headers: Record<string, string> = {}): Promise<Answer> =>
    post(JSON.stringify({ events }), { headers });
  return { stream, counted, post, send };
}

describe('POST /v1/events', () => {
  it('puts events on the stream under their ids and accepts them', async () => {
    const api = createApi();
    const answer = await api.send([EVENT, { ...EVENT, id: 'e-2', more: true }]);
    expect(answer.status).to.equal(202);
    expect(answer.body).to.deep.equal({ accepted: 2, rejected: [] });
    expect(answer.headers).to.include({ 'x-request-id': 'request-1', 'content-type': 'application/json' });
    expect(api.stream.entries).to.deep.equal([
      { partitionKey: 'e-1', data: JSON.stringify(EVENT) },
      { partitionKey: 'e-2', data: JSON.stringify({ ...EVENT, id: 'e-2', more: true }) },
    ]);
    expect(api.counted).to.deep.equal([
      ['EventsAccepted', 2],
      ['EventsRejected', 0],
    ]);
  });

  it('accepts from a limited key only events of its own actions, and names each of the others', async () => {
    const api = createApi();
    const principal = { ...BOOTSTRAP, actionPrefixes: ['shop.'] };
    const events = ['shop.a', 'web', 'shop'].map((action) => ({ ...EVENT, action }));
    const answer = await api.post(JSON.stringify({ events }), { principal });
    expect([answer.status, answer.body.accepted]).to.deep.equal([202, 1]);
    const rejected = answer.body.rejected as { index: number; pointer: string; reason: string; detail: string }[];
    expect(rejected.map(({ index, pointer, reason }) => [index, pointer, reason])).to.deep.equal([
      [1, '/events/1/action', 'action-not-allowed'],
      [2, '/events/2/action', 'action-not-allowed'],
    ]);
    expect(rejected[0]?.detail).to.include('shop.');
    expect(api.stream.entries).to.have.length(1);
    expectProblem(await api.post(JSON.stringify({ events: events.slice(1) }), { principal }), 'no-valid-event');
  });

  it('accepts the valid events of a request and names the others by index and pointer', async () => {
    const api = createApi();
    const late = { ...EVENT, timestamp: NOW + 86_400_001 };
    const answer = await api.send([{ ...EVENT, value: 'x' }, EVENT, null, late]);
    expect(answer.status).to.equal(202);
    expect(answer.body.accepted).to.equal(1);
    const rejected = answer.body.rejected as { index: number; pointer: string; reason: string }[];
    expect(rejected.map(({ index, pointer, reason }) => [index, pointer, reason])).to.deep.equal([
      [0, '/events/0/value', 'shape'],
      [2, '/events/2', 'shape'],
      [3, '/events/3/timestamp', 'timestamp-range'],
    ]);
    expect(api.stream.entries).to.have.length(1);
  });

  it('answers 400 with every pointer if none was accepted, and puts nothing', async () => {
    const api = createApi();
    const answer = await api.send([{}, { ...EVENT, action: '__proto__' }]);
    expectProblem(answer, 'no-valid-event');
    const errors = answer.body.errors as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer)).to.deep.equal([
      ...['/events/0/userId', '/events/0/action', '/events/0/timestamp'],
      '/events/1/action',
    ]);
    expect(answer.body.detail).to.equal('all 2 events were refused');
    expect(api.stream.entries).to.deep.equal([]);
    expect(api.counted).to.deep.equal([
      ['EventsAccepted', 0],
      ['EventsRejected', 2],
    ]);
  });

  it('names all faults of an event, in one rejection and in the 400', async () => {
    const api = createApi();
    const principal = { ...BOOTSTRAP, actionPrefixes: ['checkout', 'shop.'] };
    const bad = `{"userId":"","action":"web","timestamp":1764000000,"note":"\\ud800"}`;
    const some = await api.post(`{"events":[${JSON.stringify(EVENT)},${bad}]}`, { principal });
    const [rejection, ...others] = some.body.rejected as Record<string, unknown>[];
    expect([some.body.accepted, others]).to.deep.equal([1, []]);
    const errors = rejection?.errors as Record<string, unknown>[];
    expect(errors.map(({ pointer, reason }) => [pointer, reason])).to.deep.equal([
      ['/events/1/userId', 'shape'],
      ['/events/1/timestamp', 'timestamp-range'],
      ['/events/1/note', 'shape'],
      ['/events/1/action', 'action-not-allowed'],
    ]);
    expect(rejection).to.deep.equal({ index: 1, ...errors[0], errors });
    const none = await api.post(`{"events":[${bad},7]}`, { principal });
    const pointers = (none.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).to.deep.equal(
      ['userId', 'timestamp', 'note', 'action'].map((name) => `/events/0/${name}`).concat('/events/1'),
    );
  });

  it('reports that an event is too large, beside its other faults', async () => {
    const answer = await createApi().send([{ ...EVENT, userId: '', note: 'x'.repeat(MAX_EVENT_BYTES) }]);
    const reasons = (answer.body.errors as { reason: string }[]).map(({ reason }) => reason);
    expect(reasons).to.deep.equal(['shape', 'too-large']);
  });

  it('answers the worst request with fewer bytes than a function may answer', async () => {
    const name = '~'.repeat(60);
    const bad = `{"properties":{${Array.from({ length: 25 }, (_, index) => `"${name}${index}":{}`).join()}}}`;
    const body = `{"events":[${Array(500).fill(bad).join()}]}`;
    expect(body.length).to.be.within(800_000, 1_000_000);
    const answer = await createApi().post(body);
    expectProblem(answer, 'no-valid-event');
    expect(JSON.stringify(JSON.stringify(answer.body)).length).to.be.below(6_000_000);
  });

  it('stores the sent text, and not the parsed value', async () => {
    const api = createApi();
    const text = `{"userId":"\\ud83d\\ude00","action":"a",\n "timestamp":${NOW},"big":12345678901234567890,"__proto__":{"x":1e999}}`;
    const answer = await api.post(`{"events":[${text}]}`);
    expect(answer.status).to.equal(202);
    expect(api.stream.entries[0]?.data).to.equal(`${text.replace('\n', ' ').slice(0, -1)},"id":"random-0"}`);
  });

  it('refuses values that no reader of the archive could read: halves of surrogate pairs, and nesting too deep', async () => {
    const api = createApi();
    const withField = (json: string) => `${JSON.stringify(EVENT).slice(0, -1)},${json}}`;
    const deep = (levels: number) => `"deep":${'['.repeat(levels)}${']'.repeat(levels)}`;
    const texts = [withField(deep(20_000)), withField('"properties":{"a":"\\ud800"}'), withField('"x":["\\udfff"]')];
    const answer = await api.post(`{"events":[${[withField(deep(500)), ...texts].join()}]}`);
    expect(answer.body.accepted).to.equal(1);
    const rejected = answer.body.rejected as { pointer: string; reason: string }[];
    expect(rejected.map(({ pointer, reason }) => [pointer, reason])).to.deep.equal([
      ['/events/1', 'shape'],
      ['/events/2/properties/a', 'shape'],
      ['/events/3/x/0', 'shape'],
    ]);
  });

  it('gives the same request under the same Idempotency-Key the same ids', async () => {
    const api = createApi();
    const { id: _, ...nameless } = EVENT;
    const headers = { 'idempotency-key': 'order-7' };
    await api.send([nameless, EVENT, nameless], headers);
    await api.send([nameless, EVENT, nameless], headers);
    const keys = api.stream.entries.map(({ partitionKey }) => partitionKey);
    expect(keys.slice(3)).to.deep.equal(keys.slice(0, 3));
    expect(new Set(keys).size).to.equal(3);
    for (const { partitionKey, data } of api.stream.entries) expect(JSON.parse(data).id).to.equal(partitionKey);
  });

  it('gives the same request without that header new random ids', async () => {
    const api = createApi();
    const { id: _, ...nameless } = EVENT;
    await api.send([nameless]);
    await api.send([nameless]);
    expect(api.stream.entries.map(({ partitionKey }) => partitionKey)).to.deep.equal(['random-0', 'random-1']);
  });

  it('answers 503 with Retry-After if the stream does not accept everything', async () => {
    const api = createApi();
    api.stream.isDown = true;
    const answer = await api.send([EVENT]);
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).to.match(/^\d+$/);
    expect(api.counted).to.deep.equal([]);
  });

  it('refuses an event that is too large once it has its id', async () => {
    const api = createApi();
    const { id: _, ...nameless } = EVENT;
    const empty = JSON.stringify({ ...nameless, pad: '' }).length;
    const exact = { ...nameless, pad: 'x'.repeat(MAX_EVENT_BYTES - empty) };
    const answer = await api.send([exact, EVENT]);
    expect(answer.body.rejected).to.have.nested.property('[0].reason', 'too-large');
    const named = { ...exact, id: 'a', pad: exact.pad.slice(0, -',"id":"a"'.length) };
    expect((await api.send([named])).status).to.equal(202);
  });

  it('accepts 500 events and not 501', async () => {
    const api = createApi();
    expect((await api.send(Array.from({ length: 500 }, () => EVENT))).body.accepted).to.equal(500);
    const answer = await api.send(Array.from({ length: 501 }, () => EVENT));
    expectProblem(answer, 'invalid-body');
    expect(answer.body.errors).to.have.nested.property('[0].pointer', '/events');
  });

  it('accepts a body of 1 MB and not a byte more', async () => {
    const api = createApi();
    const body = JSON.stringify({ events: [EVENT] });
    expect((await api.post(body.padEnd(1_000_000))).status).to.equal(202);
    expectProblem(await api.post(body.padEnd(1_000_001)), 'too-large');
  });

  it('reads a body that API Gateway passes in base64', async () => {
    const api = createApi();
    const body = Buffer.from(JSON.stringify({ events: [{ ...EVENT, userId: 'ü' }] })).toString('base64');
    expect((await api.post(body, { isBase64Encoded: true })).status).to.equal(202);
    expect(JSON.parse(api.stream.entries[0]?.data ?? '').userId).to.equal('ü');
  });

  it('refuses bytes that are not UTF-8, as of a gzip file', async () => {
    const body = Buffer.from([0x1f, 0x8b, 0x08, 0, 0xff, 0xfe]).toString('base64');
    expectProblem(await createApi().post(body, { isBase64Encoded: true }), 'invalid-json');
  });

  it('refuses a byte order mark, which is not JSON, in text as in base64', async () => {
    const body = `\ufeff${JSON.stringify({ events: [EVENT] })}`;
    expectProblem(await createApi().post(body), 'invalid-json');
    const base64 = Buffer.from(body).toString('base64');
    expectProblem(await createApi().post(base64, { isBase64Encoded: true }), 'invalid-json');
  });

  it('names the position where a body stops being JSON', async () => {
    const answer = await createApi().post('{"events":[\n{"value":NaN}]}');
    expectProblem(answer, 'invalid-json');
    expect(answer.body.detail).to.equal('not JSON at character 21 (line 2, column 10)');
  });

  const badBodies: [body: string, pointer: string][] = [
    ['[]', ''],
    ['null', ''],
    ['7', ''],
    ['{}', '/events'],
    ['{"events":{}}', '/events'],
    ['{"events":null}', '/events'],
    ['{"events":[]}', '/events'],
    ['{"__proto__":{"events":[1]}}', '/events'],
  ];
  for (const [body, pointer] of badBodies) {
    it(`refuses the body ${body} at ${JSON.stringify(pointer)}`, async () => {
      const answer = await createApi().post(body);
      expectProblem(answer, 'invalid-body');
      expect(answer.body.errors).to.have.nested.property('[0].pointer', pointer);
    });
  }

  for (const [what, body, says] of [
    ['one event', JSON.stringify(EVENT), 'this is one event: send it as {"events":[{…}]}'],
    ['one event with a field missing', '{"userId":"u"}', 'this is one event: send it as {"events":[{…}]}'],
    ['an array of events', JSON.stringify([EVENT]), 'the body is an array: send it as {"events":[…]}'],
    ['one event as events', JSON.stringify({ events: EVENT }), 'also for one event: {"events":[{…}]}'],
  ] as const) {
    it(`tells the sender of ${what} how to send it`, async () => {
      const answer = await createApi().post(body);
      expectProblem(answer, 'invalid-body');
      expect(answer.body.detail).to.include(says);
    });
  }

  const badTypes: Record<string, string>[] = [
    { 'content-type': 'text/plain' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-encoding': 'br' },
    { 'content-encoding': 'gzip, gzip' },
  ];
  for (const headers of badTypes) {
    it(`refuses ${JSON.stringify(headers)}`, async () => {
      expectProblem(await createApi().send([EVENT], headers), 'unsupported-media-type');
    });
  }

  it('accepts a content type with its charset, in any case of letters', async () => {
    const answer = await createApi().send([EVENT], { 'Content-Type': 'Application/JSON; Charset="UTF-8"' });
    expect(answer.status).to.equal(202);
  });

  it('refuses an Idempotency-Key that is empty or too long', async () => {
    expectProblem(await createApi().send([EVENT], { 'idempotency-key': '' }), 'invalid-header');
    expectProblem(await createApi().send([EVENT], { 'idempotency-key': 'x'.repeat(256) }), 'invalid-header');
  });

  it('never answers 5xx, or an error that is not a problem, for any body', async function () {
    this.timeout(20_000);
    const field = fc.oneof(
      fc.jsonValue(),
      fc.double(),
      fc.constantFrom('__proto__', 'checkout', NOW, 'u', '\ud800', -0),
    );
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { id: field, userId: field, action: field, timestamp: field, value: field, properties: field },
        { requiredKeys: [] },
      ),
      fc.constant(EVENT),
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(event, { maxLength: 5 }).map((events) => JSON.stringify({ events })),
      fc.tuple(fc.array(event, { maxLength: 3 }), fc.nat()).map(([events, at]) => {
        const text = JSON.stringify({ events });
        return text.slice(0, at % (text.length + 1));
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.boolean(),
        fc.dictionary(fc.string(), fc.string()),
        async (text, isBase64Encoded, headers) => {
          const api = createApi();
          const answer = await api.post(text, { isBase64Encoded, headers });
          expectSound(answer);
          expect(api.stream.entries.length).to.equal(answer.status === 202 ? answer.body.accepted : 0);
          for (const { partitionKey, data } of api.stream.entries) {
            expect(JSON.parse(data).id).to.equal(partitionKey);
            expect(data).to.not.match(/[\r\n]/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
