import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { clientSchemas, MAX_ACTIONS } from './message-schemas.ts';
import { readMessage } from './read-message.ts';

const GOOD = { type: 'subscribe', id: 's1', actions: ['checkout', 'view'], interval: 'minute' };
const read = (message: unknown) => readMessage(JSON.stringify(message));
const actionsOf = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`);

describe('a message of a client', () => {
  it('subscribes to each action once', () => {
    const subscription = { id: 's1', actions: ['checkout', 'view'], interval: 'minute' };
    expect(read(GOOD)).to.deep.equal({ type: 'subscribe', subscription });
    expect(read({ ...GOOD, actions: ['checkout', 'view', 'checkout'], more: 1 })).to.deep.equal({
      type: 'subscribe',
      subscription,
    });
  });

  it('ends a subscription, or asks for an answer', () => {
    expect(read({ type: 'unsubscribe', id: 's1' })).to.deep.equal({ type: 'unsubscribe', id: 's1' });
    expect(read({ type: 'ping' })).to.deep.equal({ type: 'ping' });
  });

  const bad: readonly [what: string, message: unknown][] = [
    ['another type', { ...GOOD, type: 'publish' }],
    ['no action', { ...GOOD, actions: [] }],
    ['too many actions', { ...GOOD, actions: actionsOf(MAX_ACTIONS + 1) }],
    ['a pattern', { ...GOOD, actions: ['checkout.*'] }],
    ['a number among its actions', { ...GOOD, actions: ['a', 1] }],
    ['actions as a text', { ...GOOD, actions: 'a' }],
    ['an interval of its own', { ...GOOD, interval: 'week' }],
    ['an interval that objects have', { ...GOOD, interval: 'toString' }],
    ['no interval', { ...GOOD, interval: undefined }],
  ];
  for (const [what, message] of bad) {
    it(`is bad with ${what}, and says of which subscription`, () => {
      expect(read(message)).to.deep.equal({ type: 'bad', id: 's1' });
    });
  }

  for (const id of ['', 'x'.repeat(65), 'a b', 'ü', 7, null, undefined]) {
    it(`is bad with the id ${JSON.stringify(id)}`, () => {
      expect(read({ ...GOOD, id })).to.deep.equal({ type: 'bad', id: undefined });
    });
  }

  it('takes as many actions as are allowed', () => {
    expect(read({ ...GOOD, actions: actionsOf(MAX_ACTIONS) }).type).to.equal('subscribe');
  });

  it('is bad if no schema takes it, and not otherwise', () => {
    const isTaken = new Ajv2020({ allowUnionTypes: true }).compile({ anyOf: Object.values(clientSchemas) });
    const part = fc.oneof(fc.constantFrom('s1', 'a b', '', '..', 'x'.repeat(65), 'x'.repeat(129)), fc.anything());
    const message = fc.record(
      {
        type: fc.oneof(fc.constantFrom('subscribe', 'unsubscribe', 'ping'), part),
        id: part,
        actions: fc.oneof(fc.array(part, { maxLength: 2 }), fc.constantFrom(['a'], actionsOf(21)), part),
        interval: fc.oneof(fc.constantFrom('minute', 'hour', 'day', 'week'), part),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, fc.constant(GOOD)), (said) => {
        const text = JSON.stringify(said);
        expect(readMessage(text).type !== 'bad', text).to.equal(isTaken(JSON.parse(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('may be anything at all', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '[]', '1', '"x"', '{"__proto__":null}'));
    fc.assert(fc.property(texts, (text) => readMessage(text).type.length > 0));
    for (const text of ['null', '1', '[]', '{', '']) expect(readMessage(text).type).to.equal('bad');
  });
});
