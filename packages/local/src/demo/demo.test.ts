import { expect } from 'chai';
import fc from 'fast-check';
import type { ApiClient, MetricsQuery } from '../api-client/api-client.ts';
import { addBooks, type Book, bookOf, HOUR_MS } from './book.ts';
import { compareBooks, compareListed } from './compare-books.ts';
import { readBook, splitRange } from './read-book.ts';
import { demoTable, differenceLines } from './report.ts';

const EVENTS = [
  { action: 'departure.SEA', timestamp: HOUR_MS + 1, value: 5 },
  { action: 'departure.SEA', timestamp: HOUR_MS + 2, value: -3 },
  { action: 'departure.SEA', timestamp: 2 * HOUR_MS, value: 0 },
  { action: 'departure.JFK', timestamp: 0, value: 7 },
];

/** An API that serves a book, at most 1,500 buckets a query. */
function apiOf(book: Book): ApiClient & { readonly queries: MetricsQuery[] } {
  const queries: MetricsQuery[] = [];
  return {
    queries,
    health: async () => true,
    actions: async () => [],
    sendEvents: async () => {},
    metrics: async (query) => {
      queries.push(query);
      const hours = [...(book.get(query.action) ?? [])].filter(([hour]) => hour >= query.from && hour < query.to);
      return { series: hours.map(([hour, totals]) => ({ start: new Date(hour).toISOString(), ...totals })) };
    },
  };
}

describe('the demo', () => {
  it('counts events by action and hour', () => {
    expect(bookOf(EVENTS)).to.deep.equal(
      new Map([
        [
          'departure.SEA',
          new Map([
            [HOUR_MS, { count: 2, sum: 2, min: -3, max: 5 }],
            [2 * HOUR_MS, { count: 1, sum: 0, min: 0, max: 0 }],
          ]),
        ],
        ['departure.JFK', new Map([[0, { count: 1, sum: 7, min: 7, max: 7 }]])],
      ]),
    );
  });

  it('expects what was there before and what it sent, together', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3)), fc.array(fc.nat(3)), (first, second) => {
        const some = (rows: number[]) => rows.flatMap((row) => EVENTS[row] ?? []);
        const together = addBooks(bookOf(some(first)), bookOf(some(second)));
        return compareBooks(bookOf([...some(first), ...some(second)]), together).length === 0;
      }),
    );
  });

  it('finds no difference in the same numbers', () => {
    expect(compareBooks(bookOf(EVENTS), bookOf(EVENTS.toReversed()))).to.deep.equal([]);
  });

  for (const field of ['count', 'sum', 'min', 'max'] as const) {
    it(`finds one wrong ${field} among all hours`, () => {
      const right = bookOf(EVENTS);
      const hours = new Map(right.get('departure.SEA'));
      const hour = hours.get(HOUR_MS) ?? { count: 0, sum: 0, min: 0, max: 0 };
      hours.set(HOUR_MS, { ...hour, [field]: hour[field] + 1 });
      const wrong = new Map([...right, ['departure.SEA', hours] as const]);
      const differences = compareBooks(right, wrong);
      expect(differences).to.deep.equal([
        { action: 'departure.SEA', hour: HOUR_MS, field, expected: hour[field], actual: hour[field] + 1 },
      ]);
      expect(demoTable(right, wrong, differences))
        .to.match(/departure\.SEA .*WRONG/)
        .and.match(/departure\.JFK .*ok/);
      expect(differenceLines(differences)[0]).to.include(`departure.SEA 1970-01-01T01:00:00.000Z ${field}`);
    });
  }

  it('finds an hour or an action that is missing, and one that must not be there', () => {
    const all = bookOf(EVENTS);
    const less = bookOf(EVENTS.slice(0, 2));
    expect(new Set(compareBooks(all, less).map(({ action }) => action)).size).to.equal(2);
    expect(compareBooks(less, all)).to.have.length(8);
  });

  it('finds an action whose listed count is not that of its hours', () => {
    const listed = [
      { action: 'departure.SEA', count: 4 },
      { action: 'checkout', count: 9 },
    ];
    const differences = compareListed(bookOf(EVENTS), listed);
    expect(differences).to.deep.equal([
      { action: 'departure.SEA', hour: undefined, field: 'count', expected: 3, actual: 4 },
      { action: 'departure.JFK', hour: undefined, field: 'count', expected: 1, actual: undefined },
    ]);
    expect(differenceLines(differences)[0]).to.equal('  departure.SEA over all time count: 4, expected 3');
  });

  it('reads what the API holds in queries of at most 1,500 hours', async () => {
    const far = [...EVENTS, { action: 'departure.SEA', timestamp: 4000 * HOUR_MS, value: 1 }];
    const api = apiOf(bookOf(far));
    const book = await readBook(api, ['departure.SEA', 'departure.JFK'], { from: 0, to: 4000 * HOUR_MS + 1 });
    expect(compareBooks(bookOf(far), book)).to.deep.equal([]);
    expect(api.queries.every(({ from, to }) => to - from <= 1_500 * HOUR_MS)).to.equal(true);
    expect(api.queries).to.have.length(6);
  });

  it('cuts a range into whole hours without gap or overlap', () => {
    expect(splitRange({ from: HOUR_MS + 1, to: 1_502 * HOUR_MS })).to.deep.equal([
      { from: HOUR_MS, to: 1_501 * HOUR_MS },
      { from: 1_501 * HOUR_MS, to: 1_502 * HOUR_MS },
    ]);
  });
});
