import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import fc from 'fast-check';
import { checkKept } from './check-kept.ts';

class Money {
  readonly cents = 5;
}

describe('checkKept', () => {
  it('finds nothing in any value that JSON keeps', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => checkKept(value) === undefined));
    expect(checkKept({ leftOut: undefined, 'of another realm': runInNewContext('({ a: [1] })') })).to.equal(undefined);
  });

  const changed: readonly [string, unknown, string, RegExp][] = [
    ['an infinity', { a: { 'b/c~d': -Infinity } }, '/a/b~1c~0d', /-Infinity/],
    ['NaN', [1, Number.NaN], '/1', /NaN/],
    [
      'a Map',
      { properties: new Map([['a', 1]]) },
      '/properties',
      /a Map, which JSON would change: convert it yourself/,
    ],
    ['a Date', { a: new Date(0) }, '/a', /a Date/],
    ['an instance of a class', { a: new Money() }, '/a', /a Money/],
    ['an object that writes itself down', { a: { toJSON: () => 1 } }, '/a', /Object/],
    ['a function', { a: () => 1 }, '/a', /function/],
    ['a symbol', { a: Symbol('s') }, '/a', /symbol/],
    ['a hole of an array', { a: [undefined] }, '/a/0', /undefined/],
    ['bytes', { a: new Uint8Array(2) }, '/a', /Uint8Array/],
  ];
  for (const [name, value, pointer, detail] of changed) {
    it(`names ${name}`, () => {
      const found = checkKept(value);
      expect(found?.pointer).to.equal(pointer);
      expect(found?.detail).to.match(detail);
    });
  }
});
