import { userMark } from '@weir/dynamodb/reports';
import { expect } from 'chai';
import { hostileReport } from '../testing/hostile-report.ts';
import { emptyReport, sampleHours, sampleReport } from '../testing/sample-report.ts';
import { renderHtml } from './render-html.ts';

describe('render-html', () => {
  it('says what is to be seen', () => {
    const words = wordsOf(renderHtml(sampleReport()));
    for (const sentence of [
      'Sunday, 29 November 2026',
      '1,078,958 events from 41,223 users in 14 actions. The number of events rose 4.3 % against the last seven days.',
      'Events rose 4.3 % against the last seven days',
      'The busiest hour began at 15:00, with 80,922 events (7.5 %)',
      'checkout.completed fell 39 % against the last seven days',
      'Not on this day: coupon.used',
      '1 new, 1 more in the last seven days',
      '1,294 events were refused, most of them as not-json',
      'Late events changed 1 earlier report',
      'not audited yet',
      'The audit had not ended when this report was made',
    ]) {
      expect(words).to.contain(sentence);
    }
  });

  it('says so where there is nothing', () => {
    const html = renderHtml(emptyReport());
    for (const sentence of ['No event was counted on this day', 'No earlier data', 'No event was refused']) {
      expect(html).to.contain(sentence);
    }
    expect(html).to.not.match(/NaN|Infinity|undefined|All actions/);
  });

  it('folds the actions after the first fifty', () => {
    const html = renderHtml(sampleReport({}, 1000));
    const [open = '', folded = ''] = html.split('<details>');
    expect(open.match(/<th scope="row">action-/g)?.length).to.be.at.most(50);
    expect(folded).to.contain('950 more actions');
    expect(folded.match(/<th scope="row">action-/g)).to.have.length(950);
    expect(renderHtml(sampleReport({}, 50))).to.not.contain('<details>');
  });

  it('names the hours of a day on which the clocks change as the clocks show them', () => {
    const from = Date.parse('2026-11-01T04:00:00.000Z');
    const report = sampleReport({ id: 'daily-2026-11-01' });
    const hours = sampleHours(from, 25, report.facts.total.count);
    const html = renderHtml({ ...report, facts: { ...report.facts, hours } });
    expect(html).to.contain('The clocks changed: the day had 25 hours');
    for (const hour of ['00:00', '01:00', '01:00 again', '02:00', '23:00']) {
      expect(html).to.contain(`<th scope="row">${hour}</th>`);
    }
  });

  it('shows what the audit found, and what a revision changed', () => {
    const report = sampleReport({
      revision: 3,
      audit: {
        status: 'drift',
        ...{ differences: 22, missingObjects: 1, path: '/v1/audits/2026-11-29' },
        buckets: [
          {
            ...{ action: 'search', unit: 'hour', start: '2026-11-29T10:00:00.000Z', field: 'count' },
            ...{ stored: '5', archived: '4' },
          },
        ],
      },
      changes: [{ pointer: '/total/count', before: 12345, after: 12346 }],
    });
    const words = wordsOf(renderHtml(report));
    expect(words).to.contain('The audit found 22 differences between rows and archive');
    expect(words).to.match(/search\s*count of the hour 2026-11-29 10:00\s*5\s*4/);
    expect(words).to.contain('and 20 more buckets in GET /v1/audits/2026-11-29');
    expect(words).to.contain('of these 1 missing object: GET /v1/audits/2026-11-29');
    expect(words).to.contain('Revision 3 changed 1 figure of revision 2');
    expect(words).to.match(/Total: events\s*12,345\s*12,346/);
  });

  it('folds the changes of a revision after the first ten', () => {
    const changesOf = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ pointer: `/actions/${at}/count`, before: 1, after: 2 }));
    const html = renderHtml(sampleReport({ revision: 2, changes: changesOf(60) }, 50));
    const [open = '', folded = ''] = html.split('<details>').map(wordsOf);
    expect(open.match(/: events/g)).to.have.length(10);
    expect(folded).to.contain('40 more rows').and.contain('and 10 more in report.json');
    expect(folded.split('and 10 more')[0]?.match(/: events/g)).to.have.length(40);
    expect(renderHtml(sampleReport({ revision: 2, changes: changesOf(10) }, 50))).to.not.contain('<details>');
  });

  it('names the busiest users, with the mark by which an erasure finds each of them', () => {
    const html = renderHtml(sampleReport());
    expect(wordsOf(html)).to.match(/Busiest users.*user-1042\s*812\s*0\.0\d+ %/s);
    expect(wordsOf(html)).to.contain('12 events of people who were erased');
    expect(html).to.contain(`<bdi data-user="${userMark('user-1042')}">`);
    const hostile = hostileReport();
    const marked = [...renderHtml(hostile).matchAll(/<bdi data-user="([^"]*)">/g)].map(([, mark]) => mark);
    expect(marked).to.deep.equal(hostile.topUsers?.users.map(({ userId }) => userMark(userId ?? '')));
  });

  it('says so if the busiest users are not known yet, or were erased', () => {
    expect(wordsOf(renderHtml(sampleReport({ topUsers: null })))).to.contain(
      'Not known yet when this revision was made',
    );
    const topUsers = { users: [{ userId: null, count: 5 }], erasedEvents: 0 };
    expect(wordsOf(renderHtml(sampleReport({ topUsers })))).to.match(/Busiest users.*–\s*5/s);
    expect(renderHtml(emptyReport())).to.not.contain('Busiest users');
  });

  it('draws the same page from the same report', () => {
    expect(renderHtml(sampleReport())).to.equal(renderHtml(sampleReport()));
  });

  it('lets no text of a user become markup', () => {
    const html = renderHtml(hostileReport());
    // What is inside the quotes of an attribute is escaped, and can end neither.
    const tags = html.replaceAll(/="[^"]*"/g, '=""').match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /^<(?:img|script|iframe|a)\b|\son\w+=/i.test(tag))).to.deep.equal([]);
    expect(html.includes('\u202e') || html.includes('\u0000')).to.equal(false);
    expect(html.match(/<!--/g)).to.equal(null);
  });
});

function wordsOf(html: string): string {
  return html
    .replaceAll('<wbr>', '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('\u00a0', ' ');
}
