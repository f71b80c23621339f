import type { Firing } from '@weir/alerts';
import { unsubscribePage } from '@weir/api/src/addresses/unsubscribe/unsubscribe-page.ts';
import { composeMail } from '@weir/charts/mail';
import { alertMail, drawBuckets } from '@weir/mail/alert';
import { sampleFiring } from '@weir/mail/testing';
import { HOSTILE_TEXTS } from '@weir/reports/src/testing/hostile-report.ts';
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { LOOKS, lookAtPage } from './look-at-page.ts';
import { mailPage } from './mail-page.ts';
import { describeWithBrowser, openBrowser } from './open-browser.ts';

const MINUTE_MS = 60_000;
const LINK = 'https://api.example/v1/unsubscribe/ad_47DEQpj8HBSa-_TImW-5.BwcHBwcHBwcHBwcHBwcHBw';
const LONG = 'warehouse.hamburg:'.repeat(8).slice(0, 128);
const FIRINGS: Readonly<Record<string, Firing>> = {
  'an ordinary firing': sampleFiring(),
  'a silent firing with long names': sampleFiring(
    { value: 0, count: 0, late: true },
    { name: 'No orders '.repeat(10).trim(), action: LONG, comparison: 'silent' },
  ),
  'hostile texts': sampleFiring({}, { name: HOSTILE_TEXTS.join(' ').slice(0, 500), action: HOSTILE_TEXTS[0] ?? '' }),
};
const SCREENS = LOOKS.filter(({ media }) => media === 'screen');

/** Mails of alerts, and the page behind their link: nothing runs, nothing is fetched, and everybody can read them. */
describeWithBrowser('mails of alerts in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  const good = { messages: [], requests: [], overflow: 0, violations: [] };

  for (const [name, firing] of Object.entries(FIRINGS)) {
    for (const look of SCREENS) {
      it(`the mail of ${name} is good at ${look.width} px, ${look.scheme}`, async () => {
        const page = mailPage(await mailOf(firing));
        expect(await lookAtPage(browser, page, { ...look, name: `alert-${name}` })).to.deep.equal(good);
      });
    }
  }

  for (const [state, name] of [
    ['asks', 'a question to unsubscribe'],
    ['done', 'somebody unsubscribed'],
  ] as const) {
    for (const look of SCREENS) {
      it(`the page of ${name} is good at ${look.width} px, ${look.scheme}`, async () => {
        const page = String(unsubscribePage(state).body);
        expect(await lookAtPage(browser, page, { ...look, name })).to.deep.equal(good);
      });
    }
  }
});

function mailOf(firing: Firing): Promise<Buffer> {
  const buckets = Array.from({ length: 28 }, (_, at) => {
    const start = firing.bucket.start + (at - 24) * MINUTE_MS;
    return { start, value: at === 24 ? firing.value : 700 + 10 * at };
  });
  return composeMail(alertMail(firing, { chart: drawBuckets(firing, buckets), unsubscribeUrl: LINK }));
}
