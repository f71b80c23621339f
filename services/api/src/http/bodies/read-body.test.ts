import { expect } from 'chai';
import { apiEvent } from '../../testing/api-event.ts';
import type { Problem } from '../answers/problem.ts';
import { toApiRequest } from '../requests/request.ts';
import { createCheck } from './check-value.ts';
import { type CheckedBody, readBody } from './read-body.ts';

const check = createCheck({
  type: 'object',
  properties: { size: { type: 'integer', maximum: 5 }, name: { type: 'string' }, more: {} },
  additionalProperties: false,
});
const read = (body: string): CheckedBody<unknown> | Problem =>
  readBody(toApiRequest(apiEvent({ path: '/', body })), check, 100_000);

describe('readBody', () => {
  for (const [body, pointers] of [
    ['{"size":1.0000000000000000000001}', ['/size']],
    ['{"size":1e400}', ['/size']],
    ['{"size":9007199254740993,"name":1,"other":2}', ['/size', '/name', '/other']],
    ['{"more":[9007199254740993,1e-400,"\\ud800"],"size":6}', ['/more/0', '/more/1', '/more/2', '/size']],
    ['{"more":{"\\ud800":1}}', ['/more']],
    ['{"name":"\\udfff"}', ['/name']],
    [`{"more":${'['.repeat(40)}1e400${']'.repeat(40)}}`, [`/more${'/0'.repeat(40)}`, `/more${'/0'.repeat(31)}`]],
  ] as const) {
    it(`names all faults of ${body.slice(0, 60)}`, () => {
      const found = read(body);
      expect(found).to.include({ name: 'invalid-body' });
      const errors = found.kind === 'problem' ? (found.errors ?? []) : [];
      expect(errors.map(({ pointer }) => pointer)).to.deep.equal(pointers);
    });
  }

  it('accepts a body that can be stored as it was sent', () => {
    const value = { size: 5, name: '😀', more: [0.1, 1e300, 5e-324, -0.0, '\u0000'] };
    expect(read(JSON.stringify(value))).to.deep.equal({ kind: 'body', value: JSON.parse(JSON.stringify(value)) });
  });

  it('refuses a text that has no UTF-8', () => {
    expect(read('{"name":"\ud800"}')).to.include({ name: 'invalid-json', detail: 'the body is not UTF-8' });
  });

  it('names only some faults if all of them would be many times the body', () => {
    const found = read(`{"more":{"${'x'.repeat(30_000)}":[${Array(5_000).fill('1e400').join()}]}}`);
    expect(JSON.stringify(found).length).to.be.below(100_000);
  });
});
