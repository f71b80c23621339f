import { expect } from 'chai';
import { linksOf, pages, problemOf } from './links.ts';

describe('the links of the pages', () => {
  it('lead to files, headings and names that exist', () => {
    const links = pages().flatMap(linksOf);
    expect(links).to.have.length.above(300);
    expect(links.map(problemOf).filter((problem) => problem !== undefined)).to.deep.equal([]);
  });

  it('are wrong when the file, the heading or the name is gone', () => {
    const link = { page: 'docs/patterns.md', heading: undefined };
    const problems = [
      { ...link, text: 'a page', file: 'docs/none.md' },
      { ...link, text: 'a heading', file: 'docs/README.md', heading: 'none' },
      { ...link, text: '`noSuchName`', file: 'tests/docs/links.ts' },
      { ...link, text: '`problemOf`', file: 'tests/docs/links.ts' },
      { ...link, text: '`docs/links.ts`', file: 'tests/docs/links.ts' },
    ].map(problemOf);
    expect(problems).to.deep.equal([
      'docs/patterns.md: there is no docs/none.md',
      'docs/patterns.md: docs/README.md has no heading #none',
      'docs/patterns.md: tests/docs/links.ts does not have noSuchName',
      undefined,
      undefined,
    ]);
  });
});
