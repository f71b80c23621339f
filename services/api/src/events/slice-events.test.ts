import { expect } from 'chai';
import fc from 'fast-check';
import { sliceEvents } from './slice-events.ts';

describe('sliceEvents', () => {
  it('returns the exact text of each event', () => {
    const text =
      '{ "x": {"events":[0]}, "events" :\n[ {"a": 12345678901234567890} , "\\ud800 \\"]\\\\" ,[],-1e400 ] , "y":[1] }';
    expect(sliceEvents(text)).to.deep.equal(['{"a": 12345678901234567890}', '"\\ud800 \\"]\\\\"', '[]', '-1e400']);
  });

  it('uses the last of several members events, with any spelling of the name', () => {
    expect(sliceEvents('{"events":[1],"\\u0065vents":[2,3]}')).to.deep.equal(['2', '3']);
  });

  it('treats __proto__ as an ordinary name', () => {
    expect(sliceEvents('{"__proto__":{"events":[1]},"events":[{"__proto__":2}]}')).to.deep.equal(['{"__proto__":2}']);
  });

  it('survives nesting deeper than any stack', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(sliceEvents(`{"events":[${deep}]}`)).to.deep.equal([deep]);
  });

  it('agrees with JSON.parse on every body, with any white space', function () {
    this.timeout(20_000);
    const body = fc.record({ before: fc.jsonValue(), events: fc.array(fc.jsonValue()), after: fc.jsonValue() });
    fc.assert(
      fc.property(body, fc.constantFrom('', ' ', '\n\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const expected: unknown = JSON.parse(text);
        expect({ ...value, events: sliceEvents(text).map((slice) => JSON.parse(slice)) }).to.deep.equal({
          ...value,
          events: (expected as { events: unknown[] }).events,
        });
      }),
    );
  });
});
