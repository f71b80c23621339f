import { expect } from 'chai';
import { readQuery } from './read-query.ts';

const KNOWN = ['from', 'to'] as const;

describe('readQuery', () => {
  it('gives the values of known parameters', () => {
    expect(readQuery(new Map([['to', ['2']]]), KNOWN)).to.deep.equal({ values: { to: '2' }, faults: [] });
    expect(readQuery(new Map(), KNOWN)).to.deep.equal({ values: {}, faults: [] });
  });

  it('names an unknown parameter, and lists the known ones', () => {
    const fault = { parameter: 'form', detail: 'is not one of from, to' };
    expect(readQuery(new Map([['form', ['1']]]), KNOWN)).to.deep.equal({ values: {}, faults: [fault] });
  });

  it('refuses a parameter that occurs twice', () => {
    const fault = { parameter: 'from', detail: 'must not occur more than once' };
    expect(readQuery(new Map([['from', ['1', '1']]]), KNOWN)).to.deep.equal({ values: {}, faults: [fault] });
  });

  it('names all faults, and gives the valid values', () => {
    const query = new Map([
      ['__proto__', ['1']],
      ['constructor', ['1']],
      ['to', ['1', '2']],
      ['from', ['3']],
    ]);
    const { values, faults } = readQuery(query, KNOWN);
    expect(values).to.deep.equal({ from: '3' });
    expect(faults.map(({ parameter }) => parameter)).to.deep.equal(['__proto__', 'constructor', 'to']);
  });
});
