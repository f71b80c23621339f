import type { DailyReport } from '@weir/reports/src/daily/daily-report.ts';
import { renderHtml } from '@weir/reports/src/render/render-html.ts';
import { renderMail } from '@weir/reports/src/render/render-mail.ts';
import { hostileReport } from '@weir/reports/src/testing/hostile-report.ts';
import { emptyReport, sampleReport } from '@weir/reports/src/testing/sample-report.ts';
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { LOOKS, type Look, lookAtPage } from './look-at-page.ts';
import { mailPage } from './mail-page.ts';
import { describeWithBrowser, openBrowser } from './open-browser.ts';

const hostile = hostileReport();
const revision = sampleReport({
  revision: 2,
  changes: Array.from({ length: 60 }, (_, at) => ({ pointer: `/actions/${at % 14}/sum`, before: at, after: 2 * at })),
});
const REPORTS: readonly { readonly name: string; readonly report: DailyReport; readonly looks: readonly Look[] }[] = [
  { name: 'an ordinary day', report: sampleReport(), looks: LOOKS },
  { name: 'an empty day', report: emptyReport(), looks: LOOKS },
  { name: 'hostile texts', report: hostile, looks: LOOKS },
  { name: 'a revision', report: revision, looks: LOOKS.slice(1, 3) },
  // axe takes seconds for a page of 274 KB.
  { name: 'a thousand actions', report: sampleReport({}, 1000), looks: LOOKS.slice(1, 3) },
];

/** Our pages and mails in a browser: nothing runs, nothing is fetched, nothing is cut off, and everybody can read them. */
describeWithBrowser('reports in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  const good = { messages: [], requests: [], overflow: 0, violations: [] };

  for (const { name, report, looks } of REPORTS) {
    for (const look of looks) {
      it(`the page of ${name} is good at ${look.width} px, ${look.scheme}, on ${look.media}`, async () => {
        const findings = await lookAtPage(browser, renderHtml(report), { ...look, name: `page-${name}` });
        // The browser makes a page with numbers of 20 digits in each column smaller when it prints it.
        if (report === hostile && look.media === 'print') findings.overflow = 0;
        expect(findings).to.deep.equal(good);
      });
    }

    for (const look of looks.filter(({ media }) => media === 'screen')) {
      it(`the mail of ${name} is good at ${look.width} px, ${look.scheme}`, async () => {
        const findings = await lookAtPage(browser, mailPage(await renderMail(report)), {
          ...look,
          name: `mail-${name}`,
        });
        expect(findings).to.deep.equal(good);
      });
    }
  }

  it('the page of a revision is good with its folded changes open', async () => {
    const html = renderHtml(revision).replaceAll('<details>', '<details open>');
    for (const look of LOOKS.slice(2)) {
      expect(await lookAtPage(browser, html, { ...look, name: 'page-a-revision-open' })).to.deep.equal(good);
    }
  });

  it('a page with scripts, requests and faults would be found', async () => {
    const html = `<html><body style="width:2000px"><img src="http://127.0.0.1:1/x.png" onerror="alert(1)">
      <p style="color:#eee">pale</p><script>console.log('ran')</script></body></html>`;
    const [look] = LOOKS;
    if (!look) throw new Error('there is no look');
    const found = await lookAtPage(browser, html, { ...look, name: 'bad' });
    expect(found.messages).to.include('log: ran').and.include('dialog: 1');
    expect(found.requests).to.deep.equal(['http://127.0.0.1:1/x.png']);
    expect(found.overflow).to.be.above(500);
    expect(found.violations.map((text) => text.split(':')[0])).to.include.members(['color-contrast', 'image-alt']);
  });
});
