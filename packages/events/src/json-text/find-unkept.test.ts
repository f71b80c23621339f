import { expect } from 'chai';
import fc from 'fast-check';
import { findUnkept } from './find-unkept.ts';
import { keepsNumber } from './keeps-number.ts';

const pointersIn = (text: string) => findUnkept(text).map(({ pointer }) => pointer);

describe('findUnkept', () => {
  for (const [text, pointers] of [
    ['9007199254740993', ['']],
    ['{"a":{"b/c":[1,9007199254740993]}}', ['/a/b~1c/1']],
    ['{"a":1e-400,"b":-1E400,"c":"1e400","d":1e10}', ['/a', '/b']],
    ['[[],[[1],{"x":{"y":1e400}}],3.14159265358979323846]', ['/1/1/x/y', '/2']],
    ['{"a":"\\ud800","\\udfff":1,"b":1e400}', ['/a', '', '/b']],
    ['{"a":"1e400, \\"9007199254740993","1e400":[true,false,null]}', []],
    ['{"a":0.1,"b":[-0,0.0,1e2,1.50,100000000000000000000,123456789012345]}', []],
    ['"\\ud83d\\ude00"', []],
    [' { "a" : [ 1e400 , { } ] , "b" : 1e400 } ', ['/a/0', '/b']],
  ] as const) {
    it(`finds ${pointers.length} in ${text}`, () => expect(pointersIn(text)).to.deep.equal(pointers));
  }

  it('finds only halves of surrogate pairs in text that was written from values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(findUnkept(JSON.stringify(value, undefined, 1))).to.deep.equal([]);
      }),
    );
  });

  it('points to each value of a text, however it nests', () => {
    const bad = fc.constantFrom('1e400', '9007199254740993', '"\\ud800"');
    const good = fc.constantFrom('1', '"1e400"', 'null', '[]', '{}', '"]},"');
    const property = fc.property(fc.array(fc.tuple(fc.boolean(), good, bad), { maxLength: 12 }), (levels) => {
      let text = '0';
      let pointers: string[] = [];
      for (const [isObject, left, right] of levels) {
        pointers = isObject
          ? [...pointers.map((inner) => `/in${inner}`), '/bad']
          : ['/0', ...pointers.map((inner) => `/2${inner}`)];
        text = isObject ? `{"a":${left},"in":${text},"bad":${right}}` : `[${right},${left},${text}]`;
      }
      expect(pointersIn(text)).to.deep.equal(pointers);
    });
    fc.assert(property);
  });
});

describe('keepsNumber', () => {
  for (const text of [
    '0',
    '-0',
    '0.0',
    '0e5',
    '1',
    '-1.5',
    '0.1',
    '1e23',
    '1E+23',
    '5e-324',
    '1.7976931348623157e308',
  ]) {
    it(`keeps ${text}`, () => expect(keepsNumber(text)).to.equal(true));
  }
  for (const text of [
    '9007199254740992',
    '9007199254740994',
    '0.30000000000000004',
    '0.10000000000000001',
    '1.0000000000',
    '-576464358201249.2',
    '-576464358201249.3',
  ]) {
    it(`keeps ${text}`, () => expect(keepsNumber(text)).to.equal(true));
  }

  for (const text of [
    ...['9007199254740993', '90071992547409930', '-9007199254740993.0'],
    ...['1e400', '-1e400', '1e309', '1e-400', '2e-324', '3e-324', '0.1000000000000000000001', '3.14159265358979323846'],
    ...['1.0000000000000000000000001', '123456789012345678', `1${'0'.repeat(400)}`, `0.${'123'.repeat(50)}`],
  ]) {
    it(`does not keep ${text.slice(0, 40)}`, () => expect(keepsNumber(text)).to.equal(false));
  }

  it('keeps every double, in all digits that tell it from others, or in exactly as many as it has', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 17, max: 100 }),
        (value, digits) => {
          for (const text of [
            JSON.stringify(value),
            value.toPrecision(17),
            value.toPrecision(digits),
            value.toExponential(),
          ]) {
            expect(keepsNumber(text), text).to.equal(true);
          }
        },
      ),
    );
  });

  it('keeps every number of at most 15 digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999_999 }),
        fc.integer({ min: -290, max: 290 }),
        (digits, exponent) => {
          expect(keepsNumber(`${digits}e${exponent}`)).to.equal(true);
        },
      ),
    );
  });

  it('keeps no odd integer past 2^53', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), (half) => {
        expect(keepsNumber(String(half * 2n + 1n))).to.equal(false);
      }),
    );
  });
});
