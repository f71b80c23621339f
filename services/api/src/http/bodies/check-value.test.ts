import { expect } from 'chai';
import { createCheck } from './check-value.ts';

const check = createCheck({
  type: 'object',
  required: ['name', 'tags'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 5 },
    tags: { type: 'array', maxItems: 2, items: { enum: ['a', 'b'] } },
    'odd/name ~': { type: 'integer' },
    at: { type: 'string', format: 'date-time' },
    attributes: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  },
  additionalProperties: false,
});

function pointersOf(value: unknown): (string | undefined)[] {
  const checked = check(value);
  return checked.kind === 'valid' ? [] : checked.faults.map(({ pointer }) => pointer);
}

describe('createCheck', () => {
  it('returns a value that satisfies its schema, with its type', () => {
    const checked = check({ name: 'abc', tags: ['a'], attributes: { x: null } });
    if (checked.kind !== 'valid') throw new Error('refused');
    const tags: readonly ('a' | 'b')[] = checked.value.tags;
    expect([checked.value.name, tags]).to.deep.equal(['abc', ['a']]);
  });

  for (const [value, pointers] of [
    [null, ['']],
    [[], ['']],
    ['x', ['']],
    [{}, ['/name', '/tags']],
    [{ name: 'x', tags: ['a', 'c'] }, ['/name', '/tags/1']],
    [{ name: 'abc', tags: ['a', 'b', 'a'] }, ['/tags']],
    [{ name: 'abc', tags: [], 'odd/name ~': 'x' }, ['/odd~1name ~0']],
    [{ name: 'abc', tags: [], at: 'yesterday' }, ['/at']],
    [{ name: 'abc', tags: [], attributes: { ü: 1 } }, ['/attributes/ü']],
    [{ name: 'abc', tags: [], more: 1 }, ['/more']],
    [JSON.parse('{"name":"abc","tags":[],"__proto__":1}'), ['/__proto__']],
  ] as const) {
    it(`points at the faults of ${JSON.stringify(value)}`, () => {
      expect(pointersOf(value)).to.deep.equal(pointers);
    });
  }

  it('refuses names with halves of surrogate pairs, and nesting without end, before it applies the schema', () => {
    expect(pointersOf(JSON.parse('{"\\ud800":1}'))).to.deep.equal(['']);
    expect(pointersOf(JSON.parse('{"name":"abc","a/b":[0,{"\\udfff":1}]}'))).to.deep.equal(['/a~1b/1']);
    for (const levels of [33, 20_000]) {
      const deep: unknown = JSON.parse(`{"tags":${'['.repeat(levels)}${']'.repeat(levels)}}`);
      expect(pointersOf(deep), String(levels)).to.deep.equal([`/tags${'/0'.repeat(31)}`]);
    }
    expect(pointersOf({ name: 'abc', tags: [], attributes: { '😀': 'x' } })).to.deep.equal([]);
  });

  it('names missing and unknown fields', () => {
    const checked = check({ name: 'abc', other: 1 });
    expect(checked).to.deep.equal({
      kind: 'faults',
      faults: [
        { pointer: '/tags', detail: 'is missing' },
        { pointer: '/other', detail: 'is not a known field' },
      ],
    });
  });
});
