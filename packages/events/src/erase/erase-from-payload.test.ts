import { expect } from 'chai';
import fc from 'fast-check';
import { decodeRecords } from '../decode/decode-records.ts';
import { aggregateRecords } from '../kpl/aggregate-records.ts';
import type { Decoded } from '../records/stream-record.ts';
import { recordOf, textWith } from '../testing/stream-records.ts';
import { eraseFromPayload, type PayloadErasure } from './erase-from-payload.ts';
import { ErasedUsers } from './erased-users.ts';

type OneErasure = { kind: 'untouched' } | { kind: 'erased'; events: number; rest: Uint8Array | undefined };

/** One user's events, counted. */
function erase(payload: string | Uint8Array, userId: string): OneErasure {
  const erasure = eraseFromPayload(Buffer.from(payload as string), new ErasedUsers([userId]));
  if (erasure.kind === 'untouched') return erasure;
  expect([...erasure.events.keys()]).to.deep.equal([userId]);
  return { ...erasure, events: erasure.events.get(userId) ?? 0 };
}
const decode = (payload: Uint8Array): Decoded[] => decodeRecords([recordOf(payload)]);
const idsIn = (payload: Uint8Array) => decode(payload).map((found) => (found.kind === 'event' ? found.id : 'refused'));

describe('erasing a user from a payload', () => {
  const mine = (id: string) => textWith({ userId: 'me', id });
  const other = (id: string) => textWith({ userId: 'you', id, properties: { referrer: 'me' } });

  it('leaves a payload without their events as it is, though it names them elsewhere', () => {
    for (const payload of [other('1'), `[${other('1')},${other('2')}]`, aggregateRecords([])]) {
      expect(erase(payload, 'me')).to.deep.equal({ kind: 'untouched' });
    }
  });

  it('leaves nothing if all events are theirs', () => {
    const expected = { kind: 'erased', events: 1, rest: undefined };
    expect(erase(mine('1'), 'me')).to.deep.equal(expected);
    expect(erase(mine('1').replace('"me"', '"\\u006de"'), 'me')).to.deep.equal(expected);
    const data = Buffer.from(mine('1'));
    expect(erase(aggregateRecords([{ partitionKey: 'k', data }]), 'me')).to.deep.equal(expected);
  });

  it('keeps the others’ events in a form that can be sent again', () => {
    for (const payload of [
      `[ ${mine('1')},\n${other('2')}, ${other('3')} ]`,
      `${other('2')}\n${mine('1')}\n${other('3')}`,
    ]) {
      const erasure = erase(payload, 'me');
      expect(erasure).to.include({ kind: 'erased', events: 1 });
      if (erasure.kind === 'erased') expect(idsIn(erasure.rest!)).to.deep.equal(['2', '3']);
    }
  });

  it('keeps the others’ records of an aggregate with their keys', () => {
    const records = [
      { partitionKey: 'me', data: Buffer.from(`${mine('1')}\n${other('2')}`) },
      { partitionKey: 'k', explicitHashKey: '5', data: Buffer.from(other('3')) },
      { partitionKey: 'gone', data: Buffer.from(mine('4')) },
    ];
    const erasure = erase(aggregateRecords(records), 'me');
    expect(erasure).to.deep.equal({
      kind: 'erased',
      events: 2,
      rest: aggregateRecords([
        { partitionKey: 'erased', data: Buffer.from(`${other('2')}\n`) },
        { partitionKey: 'k', explicitHashKey: '5', data: Buffer.from(other('3')) },
      ]),
    });
  });

  it('finds them in bytes that are not an event, as the id is written', () => {
    for (const payload of ['{"userId":"é"', '{"user":"\\u00e9"}', '{"user":"\\u00E9"}', '\u0001 "é" \u0002']) {
      expect(erase(payload, 'é'), payload).to.include({ kind: 'erased' });
    }
    expect(erase('{"userId":"éa"', 'é')).to.deep.equal({ kind: 'untouched' });
    const broken = aggregateRecords([{ partitionKey: 'k', data: Buffer.from(mine('1')) }]);
    broken[broken.length - 1]! ^= 1;
    expect(erase(broken, 'me')).to.deep.equal({ kind: 'erased', events: 1, rest: undefined });
    expect(erase(broken, 'you')).to.deep.equal({ kind: 'untouched' });
  });

  it('finds them in an event that was made JSON twice', () => {
    for (const userId of ['me', 'é"\\', '日本']) {
      const twice = JSON.stringify(textWith({ userId, id: '1' }));
      for (const payload of [twice, twice.replace('é', '\\\\u00e9'), `[${twice},${other('2')}]`, `{"body":${twice}}`]) {
        expect(erase(payload, userId), payload).to.include({ kind: 'erased', events: 1 });
      }
      expect(erase(twice, `${userId}a`)).to.deep.equal({ kind: 'untouched' });
    }
  });

  it('finds a user whose id was sent as a number, and was therefore refused', () => {
    for (const [userId, sent] of [
      ['42', '42'],
      ['42', '42.0'],
      ['12345678901234567890', '12345678901234567890'],
    ] as const) {
      expect(erase(`{"userId":${sent},"action":"a"}`, userId), sent).to.include({ kind: 'erased', events: 1 });
    }
    expect(erase('{"userId":421,"action":"a","value":42}', '42')).to.deep.equal({ kind: 'untouched' });
  });

  it('takes exactly their events, whatever the payload is', () => {
    const users = fc.array(fc.constantFrom('me', 'you', 'm', 'e"', '\\u006de', '日本'), { minLength: 1, maxLength: 8 });
    const forms = fc.constantFrom('array', 'lines', 'aggregate');
    fc.assert(
      fc.property(users, forms, fc.constantFrom('me', 'e"', '日本'), (names, form, gone) => {
        const texts = names.map((userId, i) => textWith({ userId, id: `${i}` }));
        const joined = form === 'array' ? `[${texts.join(',')}]` : texts.join('\n');
        const records = texts.map((text) => ({ partitionKey: 'k', data: Buffer.from(text) }));
        const erasure = erase(form === 'aggregate' ? aggregateRecords(records) : joined, gone);
        const expected = names.flatMap((userId, i) => (userId === gone ? [] : [`${i}`]));
        if (expected.length === names.length) expect(erasure.kind).to.equal('untouched');
        else expect(erasure).to.include({ kind: 'erased', events: names.length - expected.length });
        if (erasure.kind === 'erased') expect(erasure.rest ? idsIn(erasure.rest) : []).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('removes the events of several users at once as it would one after the other, and counts each', () => {
    const users = ['me', 'you', '42', 'é"', '42.0', '日本'];
    const texts = fc.oneof(
      fc.constantFrom(...users, 'm', 'e"', '4').map((userId) => textWith({ userId, id: 'x' })),
      fc.constantFrom(...users).map((userId) => JSON.stringify(textWith({ userId, id: 'x' }))),
      fc.constantFrom('{"userId":42}', '{"userId":42.0,"by":"me"}', '{"broken":"you","by":"é\\""', '["me"]', '""'),
    );
    const nobodys = textWith({ userId: 'nobody', id: '1' });
    const payloads = fc.record({
      given: fc.array(texts, { minLength: 1, maxLength: 6 }),
      form: fc.constantFrom('array', 'lines', 'aggregate', 'torn'),
      erased: fc.shuffledSubarray(users, { minLength: 1 }),
      not: fc.constantFrom(...users),
    });
    fc.assert(
      fc.property(payloads, ({ given, form, erased, not }) => {
        // What is left of an array comes as lines, and lines are lines while one of them is an object.
        const pieces = [nobodys, ...given, nobodys];
        const joined = form === 'array' ? `[${pieces.join(',')}]` : pieces.join('\n');
        const records = pieces.map((text) => ({ partitionKey: 'k', data: Buffer.from(text) }));
        const payload =
          form === 'lines' || form === 'array' ? Buffer.from(joined) : Buffer.from(aggregateRecords(records));
        if (form === 'torn') payload[payload.length - 1]! ^= 1;
        const isErased = (userId: string) => userId !== not;
        const together = eraseFromPayload(payload, new ErasedUsers(erased), isErased);
        expect(together).to.deep.equal(oneAfterTheOther(payload, erased.filter(isErased)));
      }),
      { numRuns: 500 },
    );
  });
});

function oneAfterTheOther(payload: Uint8Array, userIds: readonly string[]): PayloadErasure {
  const events = new Map<string, number>();
  let rest: Uint8Array | undefined = payload;
  for (const userId of userIds) {
    const erasure: OneErasure = rest === undefined ? { kind: 'untouched' } : erase(rest, userId);
    if (erasure.kind === 'untouched') continue;
    events.set(userId, erasure.events);
    rest = erasure.rest;
  }
  return events.size === 0 ? { kind: 'untouched' } : { kind: 'erased', events, rest };
}
