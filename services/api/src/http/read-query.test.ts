import { expect } from 'chai';
import { readQuery } from './read-query.ts';

const KNOWN = ['from', 'to'] as const;

describe('readQuery', () => {
  it('gives the values of known parameters', () => {
    expect(readQuery(new Map([['to', ['2']]]), KNOWN)).to.deep.equal({ kind: 'query', values: { to: '2' } });
    expect(readQuery(new Map(), KNOWN)).to.deep.equal({ kind: 'query', values: {} });
  });

  it('names an unknown parameter, and says which there are', () => {
    const detail = 'is not one of from, to';
    expect(readQuery(new Map([['form', ['1']]]), KNOWN)).to.deep.include({
      name: 'invalid-parameter',
      detail: `form: ${detail}`,
      errors: [{ parameter: 'form', detail }],
    });
  });

  it('refuses a parameter that was given twice', () => {
    expect(readQuery(new Map([['from', ['1', '1']]]), KNOWN)).to.have.nested.property('errors[0].parameter', 'from');
  });

  it('names everything that is wrong', () => {
    const query = new Map([
      ['__proto__', ['1']],
      ['constructor', ['1']],
      ['to', ['1', '2']],
    ]);
    expect(readQuery(query, KNOWN)).to.have.property('errors').with.length(3);
  });
});
