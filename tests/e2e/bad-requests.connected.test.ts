import { gzipSync } from 'node:zlib';
import { MAX_EVENT_BYTES } from '@weir/events';
import { expect } from 'chai';
import { aggregateOf, deepArray, eventOfSize, eventText } from './bad-records.ts';
import { useWeir } from './shared-weir.ts';

const ACTION = 'requests.bad';

function eventsBody(...texts: readonly string[]): string {
  return `{"events":[${texts.join(',')}]}`;
}

interface BadRequest {
  readonly body: string | Buffer<ArrayBuffer>;
  readonly status?: number;
  readonly type: string;
  readonly pointer?: string;
  readonly reason?: string;
  readonly headers?: Record<string, string>;
}

/** A body whose only event is refused at `pointer`. */
function badEvent(text: string, pointer: string, reason = 'shape'): BadRequest {
  return { body: eventsBody(text), type: 'no-valid-event', pointer: `/events/0${pointer}`, reason };
}

const event = (changes: Readonly<Record<string, string>>) => eventText(ACTION, changes);
const farFuture = String(Date.UTC(50_000, 0));

const badRequests: Readonly<Record<string, BadRequest>> = {
  // API Gateway itself refuses a body that is no object, and does not report where it is wrong.
  'text that is not JSON': { body: 'hello', type: 'invalid-body' },
  'nothing at all': { body: '', type: 'invalid-body' },
  'a body cut short': { body: eventsBody(event({})).slice(0, -3), type: 'invalid-body' },
  NaN: { body: eventsBody(event({ value: 'NaN' })), type: 'invalid-body' },
  'a KPL aggregate': { body: Buffer.from(aggregateOf([event({})])), type: 'invalid-body' },
  'gzip that is not declared': { body: gzipSync(eventsBody(event({}))), type: 'invalid-body' },
  'gzip that is cut off': {
    ...{ body: gzipSync(eventsBody(event({}))).subarray(0, 40), status: 415, type: 'unsupported-media-type' },
    headers: { 'content-encoding': 'gzip' },
  },
  'a gzip bomb': {
    ...{ body: gzipSync(Buffer.alloc(50_000_000)), status: 413, type: 'too-large' },
    headers: { 'content-encoding': 'gzip' },
  },
  'gzip of more than 1 MB': {
    ...{ body: gzipSync(eventsBody(event({})).padEnd(1_000_001)), status: 413, type: 'too-large' },
    headers: { 'content-encoding': 'gzip' },
  },
  'another content coding': {
    ...{ body: eventsBody(event({})), status: 415, type: 'unsupported-media-type' },
    headers: { 'content-encoding': 'br' },
  },
  'another content type': {
    ...{ body: eventsBody(event({})), status: 415, type: 'unsupported-media-type' },
    headers: { 'content-type': 'text/plain' },
  },
  'an array': { body: '[]', type: 'invalid-body' },
  'deep arrays': { body: deepArray, type: 'invalid-body' },
  'no events': { body: '{"__proto__":{"events":[]}}', type: 'invalid-body', pointer: '/events' },
  'an empty array of events': { body: eventsBody(), type: 'invalid-body', pointer: '/events' },
  '501 events': {
    ...{ body: eventsBody(...Array(501).fill(event({}))), type: 'invalid-body', pointer: '/events' },
  },
  'over 1 MB': { body: eventsBody(event({})).padEnd(1_000_001), status: 413, type: 'too-large' },
  'over 10 MB': { body: Buffer.alloc(10 * 1024 * 1024 + 1, ' '), status: 413, type: 'too-large' },
  'an event over 64 KiB': badEvent(eventOfSize(ACTION, MAX_EVENT_BYTES + 1), '', 'too-large'),
  'an infinite value': badEvent(event({ value: '1e999' }), '/value'),
  'a timestamp of the year 50000': badEvent(event({ timestamp: farFuture }), '/timestamp', 'timestamp-range'),
  '__proto__ as action': badEvent(event({ action: '"__proto__"' }), '/action'),
  '. as action': badEvent(event({ action: '"."' }), '/action'),
  '.. as action': badEvent(event({ action: '".."' }), '/action'),
  '__proto__ as property': badEvent(event({ properties: '{"__proto__":{}}' }), '/properties/__proto__'),
  'a deep property': badEvent(event({ properties: `{"a~/":${deepArray}}` }), '/properties/a~0~1'),
  'a deep event': badEvent(deepArray, ''),
  'a lone surrogate as action': badEvent(event({ action: '"\\ud800"' }), '/action'),
  'a lone surrogate as id': badEvent(event({ id: '"\\ud800"' }), '/id'),
  'a lone surrogate as userId': badEvent(event({ userId: '"\\ud800"' }), '/userId'),
  'a lone surrogate as property': badEvent(event({ properties: '{"a":"\\udfff"}' }), '/properties/a'),
  'a lone surrogate in an unknown field': badEvent(event({ more: '["\\ud800"]' }), '/more/0'),
  'a deep unknown field': badEvent(event({ more: deepArray }), ''),
  'an event that is null': badEvent('null', ''),
};

describe('bad requests to the API', function () {
  this.timeout(60_000);
  const weir = useWeir();

  for (const [what, { body, status = 400, type, pointer, reason, headers }] of Object.entries(badRequests)) {
    it(`refuse ${what} with ${status} ${type}`, async () => {
      const answer = await weir.doors.post(Buffer.from(body), headers);
      expect(answer, JSON.stringify(answer)).to.include({ status, contentType: 'application/problem+json' });
      expect(answer.body).to.include({ type: `urn:weir:problem:${type}`, status });
      expect(answer.body.requestId).to.be.a('string').with.length.greaterThan(0);
      if (pointer !== undefined) expect(answer.body.errors[0]).to.include({ pointer });
      if (reason !== undefined) expect(answer.body.errors[0]).to.include({ reason });
    });
  }

  it('refuse an unknown key, and a strange Idempotency-Key', async () => {
    const strange = await weir.doors.post(eventsBody(event({})), { 'idempotency-key': 'x'.repeat(256) });
    expect(strange).to.include({ status: 400 });
    expect(strange.body.errors[0].header).to.equal('Idempotency-Key');
    const unknown = await weir.doors.post(eventsBody(event({})), { authorization: 'Bearer nobody' });
    expect(unknown).to.include({ status: 401, contentType: 'application/problem+json' });
  });

  it('get no 5xx for bytes that are not UTF-8', async () => {
    const [before = '', after = ''] = eventsBody(eventText('requests.bytes', { userId: '"?"' })).split('?');
    const body = Buffer.concat([Buffer.from(before), Buffer.of(0xed, 0xa0, 0x80), Buffer.from(after)]);
    expect((await weir.doors.post(body)).status).to.be.below(500);
  });

  for (const headers of [
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'x-gzip', 'content-type': 'application/json; charset=utf8' },
  ]) {
    it(`do not include requests in gzip, as ${JSON.stringify(headers)}: those are accepted`, async () => {
      const body = gzipSync(eventsBody(eventText('requests.gzip', { userId: '"ü"' })));
      expect(await weir.doors.post(body, headers)).to.include({ status: 202 });
    });
  }

  for (const [what, body, words] of [
    ['one event', event({}), 'this is one event: send it as {"events":[{…}]}'],
    ['an array of events', `[${event({})}]`, 'POST /v1/events takes {"events":[...]}, also for a single event'],
  ] as const) {
    it(`get an answer that says how to send ${what}`, async () => {
      expect((await weir.doors.post(body)).body.detail).to.include(words);
    });
  }

  for (const [what, body, pointer] of [
    ['without a kind', { from: 0, to: 1 }, '/kind'],
    ['with no actions', { kind: 'summary', from: 0, to: 1, actions: [] }, '/actions'],
    ['with one step', { kind: 'funnel', from: 0, to: 1, steps: ['a'] }, '/steps'],
    ['with eleven steps', { kind: 'funnel', from: 0, to: 1, steps: Array(11).fill('a') }, '/steps'],
  ] as const) {
    it(`name the place in a question ${what}`, async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await weir.doors.call('/reports', { method: 'POST', headers, body: JSON.stringify(body) });
      expect(answer.status).to.equal(400);
      expect(answer.body.errors[0]).to.include({ pointer });
    });
  }

  it('get an answer that says what to send instead of seconds', async () => {
    const answer = await weir.doors.post(eventsBody(event({ timestamp: '1764000000' })));
    expect(answer.body.errors[0].detail).to.equal('seems to be in seconds: send milliseconds, 1764000000000');
  });

  it('have the good events among bad ones accepted, and each refused one named', async () => {
    const good = (id: string) => eventText('requests.good', { id: `"${id}"` });
    const answer = await weir.doors.post(
      eventsBody(
        ...[good('a'), event({ value: '1e999' }), good('b'), event({ timestamp: farFuture }), good('b')],
        ...[eventText('__proto__'), good('c'), eventOfSize(ACTION, MAX_EVENT_BYTES + 1), '7'],
        eventText('requests.good', { userId: '"\\ud83d\\ude00"', properties: '{"__proto__":"\\u0000"}' }),
      ),
    );
    expect(answer.status).to.equal(202);
    expect(answer.body.accepted).to.equal(5);
    const rejected: { index: number; pointer: string; reason: string }[] = answer.body.rejected;
    expect(rejected.map(({ index, pointer, reason }) => [index, pointer, reason])).to.deep.equal([
      [1, '/events/1/value', 'shape'],
      [3, '/events/3/timestamp', 'timestamp-range'],
      [5, '/events/5/action', 'shape'],
      [7, '/events/7', 'too-large'],
      [8, '/events/8', 'shape'],
    ]);
    await weir.doors.settle();
    expect(await weir.doors.count('requests.good')).to.equal(4);
    expect(await weir.doors.count(ACTION)).to.equal(0);
  });
});
