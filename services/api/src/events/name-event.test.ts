import { expect } from 'chai';
import { deriveEventId, onOneLine, withId } from './name-event.ts';

describe('deriveEventId', () => {
  const source = { keyId: 'bootstrap', idempotencyKey: 'order-7', index: 3 };

  it('gives the same event of the same request the same id', () => {
    expect(deriveEventId(source)).to.equal(deriveEventId({ ...source }));
  });

  it('is a valid id that changes with the key, the header and the index', () => {
    const ids = [
      source,
      { ...source, keyId: 'other' },
      { ...source, idempotencyKey: 'order-8' },
      { ...source, index: 4 },
      { keyId: 'bootstrap', idempotencyKey: 'order-73', index: 3 },
    ].map(deriveEventId);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^ik-[\w-]{32}$/);
  });
});

describe('withId', () => {
  it('leaves everything else as it was sent', () => {
    expect(withId('{"n":12345678901234567890, "__proto__":{"a":"}"} }', 'a"b')).to.equal(
      '{"n":12345678901234567890, "__proto__":{"a":"}"},"id":"a\\"b"}',
    );
  });

  it('replaces an id that was there', () => {
    expect(JSON.parse(withId('{"id":null,"a":1}', 'x'))).to.deep.equal({ id: 'x', a: 1 });
  });
});

describe('onOneLine', () => {
  it('leaves no line break and changes no value', () => {
    const text = '{\r\n  "a": "x\\ny",\n\n  "b": [1,\r2]\n}';
    expect(onOneLine(text)).to.not.match(/[\r\n]/);
    expect(JSON.parse(onOneLine(text))).to.deep.equal(JSON.parse(text));
  });
});
