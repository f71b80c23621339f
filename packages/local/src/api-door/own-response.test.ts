import { expect } from 'chai';
import { markOwnResponse, OWN_RESPONSE_HEADER, readMark } from './own-response.ts';

function markIn(result: unknown): string | undefined {
  return (markOwnResponse(result) as { headers?: Record<string, string> } | undefined)?.headers?.[OWN_RESPONSE_HEADER];
}

describe('the mark of a function’s own answer', () => {
  it('carries every header the function sent, several values of one name included', () => {
    const mark = markIn({
      statusCode: 200,
      headers: { 'Content-Type': 'text/plain', 'x-count': 3, 'X-Many': 'replaced' },
      multiValueHeaders: { 'x-many': ['a', 'b'] },
      body: '',
    });
    expect(readMark(mark)).to.deep.equal([
      ['Content-Type', 'text/plain'],
      ['x-count', '3'],
      ['x-many', 'a'],
      ['x-many', 'b'],
    ]);
  });

  const malformed: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'ok'],
    ['no status', { body: 'x' }],
    ['a status that is no integer', { statusCode: '200' }],
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['headers that are no object', { statusCode: 200, headers: 'x' }],
  ];
  for (const [name, result] of malformed) {
    it(`is not put on a malformed result: ${name}`, () => {
      expect(markOwnResponse(result)).to.equal(result);
    });
  }
});
