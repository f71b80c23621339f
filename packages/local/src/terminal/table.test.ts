import { expect } from 'chai';
import { textTable } from './table.ts';

describe('a text table', () => {
  it('sets words left and numbers right, in columns as wide as their widest cell', () => {
    const columns = [
      { title: 'action', align: 'left' },
      { title: 'n', align: 'right' },
    ] as const;
    expect(
      textTable(columns, [
        ['a', '1'],
        ['checkout', '20'],
      ]),
    ).to.equal(['action     n', '────────  ──', 'a          1', 'checkout  20'].join('\n'));
  });
});
