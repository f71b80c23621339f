import { expect } from 'chai';
import fc from 'fast-check';
import { judge, readPreconditions, type Verdict } from './preconditions.ts';

function read(headers: Record<string, string>) {
  return readPreconditions({ headers: new Map(Object.entries(headers)) });
}

function verdict(headers: Record<string, string>, etag: string | undefined, purpose: 'read' | 'write'): Verdict {
  const found = read(headers);
  if (found.kind === 'problem') throw new Error(found.detail);
  return judge(found, etag, purpose);
}

describe('preconditions', () => {
  for (const [headers, etag, onRead, onWrite] of [
    [{}, '"a"', 'holds', 'holds'],
    [{}, undefined, 'holds', 'holds'],
    [{ 'if-match': '"a"' }, '"a"', 'holds', 'holds'],
    [{ 'if-match': ' "b" ,"a"' }, '"a"', 'holds', 'holds'],
    [{ 'if-match': ', "b",, "a" ,\t,' }, '"a"', 'holds', 'holds'],
    [{ 'if-match': '"b"' }, '"a"', 'failed', 'failed'],
    [{ 'if-match': 'W/"a"' }, '"a"', 'failed', 'failed'],
    [{ 'if-match': '"a"' }, undefined, 'failed', 'failed'],
    [{ 'if-match': '*' }, '"a"', 'holds', 'holds'],
    [{ 'if-match': '*' }, undefined, 'failed', 'failed'],
    [{ 'if-none-match': '"a"' }, '"a"', 'not-modified', 'failed'],
    [{ 'if-none-match': 'W/"a"' }, '"a"', 'not-modified', 'failed'],
    [{ 'if-none-match': ',"b", ,"a"' }, '"a"', 'not-modified', 'failed'],
    [{ 'if-none-match': '"b", "c,d"' }, '"a"', 'holds', 'holds'],
    [{ 'if-none-match': '"b", "c,d"' }, '"c,d"', 'not-modified', 'failed'],
    [{ 'if-none-match': '*' }, '"a"', 'not-modified', 'failed'],
    [{ 'if-none-match': '*' }, undefined, 'holds', 'holds'],
    [{ 'if-match': '"b"', 'if-none-match': '"a"' }, '"a"', 'failed', 'failed'],
    [{ 'if-match': '"a"', 'if-none-match': '"a"' }, '"a"', 'not-modified', 'failed'],
  ] as const) {
    it(`${JSON.stringify(headers)} against ${etag}: ${onRead} for a read, ${onWrite} for a write`, () => {
      expect([verdict(headers, etag, 'read'), verdict(headers, etag, 'write')]).to.deep.equal([onRead, onWrite]);
    });
  }

  for (const text of [
    '',
    ' ',
    ',',
    ', ,',
    '*,',
    ',"a" "b"',
    'a',
    '"a',
    '"a" "b"',
    '"a";"b"',
    'w/"a"',
    '*, "a"',
    '"a""b"',
    `${'"a",'.repeat(101)}"a"`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}, naming the header`, () => {
      expect(read({ 'if-match': text })).to.have.nested.property('errors[0].header', 'If-Match');
      expect(read({ 'if-none-match': text })).to.have.nested.property('errors[0].header', 'If-None-Match');
    });
  }

  it('reads any text quickly, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read({ 'if-match': text })));
    for (const text of ['" ', ', ', '"a",', '\t']) read({ 'if-match': text.repeat(4_000) });
  });
});
