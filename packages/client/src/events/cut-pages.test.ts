import { expect } from 'chai';
import fc from 'fast-check';
import { cutPages, fillsPage, MAX_PAGE_BYTES, pageBody } from './cut-pages.ts';
import { toEntry } from './entry.ts';

const NOW = { newId: () => 'x', now: () => 0 };
const entryOf = (note: string) => toEntry({ userId: 'u', action: 'a', properties: { note } }, NOW);
const bytesOf = (text: string) => Buffer.byteLength(text);

describe('cutPages', () => {
  it('keeps every event in its order, and each page below what a browser lets go on', () => {
    const notes = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.nat(70_000).map((size) => 'x'.repeat(size)),
    );
    fc.assert(
      fc.property(fc.array(notes, { maxLength: 700, size: 'max' }), (given) => {
        const entries = given.map(entryOf);
        const pages = cutPages(entries);
        expect(pages.flatMap((page) => page.entries)).to.deep.equal(entries);
        for (const page of pages) {
          const body = pageBody(page);
          expect(JSON.parse(body).events).to.have.length(page.entries.length);
          expect(page.bytes).to.equal(bytesOf(body));
          expect(page.entries.length === 1 || page.bytes <= MAX_PAGE_BYTES).to.equal(true);
          expect(page.entries.length).to.be.within(1, 500);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('makes few pages: two neighbours would not fit in one', () => {
    const pages = cutPages(Array.from({ length: 3_000 }, (_, at) => entryOf('x'.repeat(at % 500))));
    for (const [at, { bytes, entries }] of pages.slice(1).entries()) {
      const before = pages[at];
      expect(
        (before?.entries.length ?? 0) === 500 || (before?.bytes ?? 0) + (entries[0]?.bytes ?? 0) + 1 > MAX_PAGE_BYTES,
        `${bytes}`,
      ).to.equal(true);
    }
  });
});

describe('fillsPage', () => {
  it('is true as soon as a further event might not fit', () => {
    expect(fillsPage(499, 1_000)).to.equal(false);
    expect(fillsPage(500, 1_000)).to.equal(true);
    expect(fillsPage(1, MAX_PAGE_BYTES)).to.equal(true);
    expect(fillsPage(2, MAX_PAGE_BYTES - 1_000)).to.equal(false);
  });
});
