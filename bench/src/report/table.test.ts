import { expect } from 'chai';
import { figure, markdownTable } from './table.ts';

describe('markdownTable', () => {
  it('aligns names left and figures right, in columns of one width', () => {
    const table = markdownTable({
      title: 'T',
      columns: ['way', 'ms'],
      rows: [
        ['a', '1'],
        ['longer', '10.25'],
      ],
      note: 'As measured.',
    });
    expect(table.split('\n')).to.deep.equal([
      '**T**',
      '',
      '| way    |    ms |',
      '|--------|------:|',
      '| a      |     1 |',
      '| longer | 10.25 |',
      '',
      'As measured.',
    ]);
  });
});

describe('figure', () => {
  it('gives fewer decimals to greater figures, and separates thousands', () => {
    expect([0.123, 9.999, 12.34, 123.4, 1234567.8].map((value) => figure(value))).to.deep.equal([
      '0.12',
      '10.00',
      '12.3',
      '123',
      '1 234 568',
    ]);
  });

  it('gives the number of decimals that is asked for', () => {
    expect(figure(1234.5678, 2)).to.equal('1 234.57');
  });
});
