import type { JobAnswer } from '@weir/reports/src/kinds/job-answer.ts';
import { jobHtml } from '@weir/reports/src/render/jobs/html/job-html.ts';
import { HOSTILE_TEXTS } from '@weir/reports/src/testing/hostile-report.ts';
import {
  emptyAnswers,
  sampleFunnel,
  sampleRetention,
  sampleSummary,
} from '@weir/reports/src/testing/sample-answers.ts';
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { LOOKS, type Look, lookAtPage } from './look-at-page.ts';
import { describeWithBrowser, openBrowser } from './open-browser.ts';

const names = (count: number) => Array.from({ length: count }, (_, at) => `checkout.step-${at}`);
const longNames = Array.from({ length: 10 }, (_, at) => `${at}${'checkout.very-long_name:'.repeat(6)}`.slice(0, 128));
const [noEvents, noUsers, noSteps] = emptyAnswers() as [JobAnswer, JobAnswer, JobAnswer];
const MOST = LOOKS.filter(({ scheme, media }) => scheme === 'light' || media === 'print');

const PAGES: readonly { readonly name: string; readonly answer: JobAnswer; readonly looks: readonly Look[] }[] = [
  { name: 'a summary of a month', answer: sampleSummary(31, names(14)), looks: LOOKS },
  { name: 'a summary of ten years', answer: sampleSummary(3652, names(1000)), looks: MOST },
  { name: 'a summary of hostile texts', answer: sampleSummary(100, HOSTILE_TEXTS), looks: MOST },
  { name: 'an empty summary', answer: noEvents, looks: MOST },
  { name: 'a retention of a quarter', answer: sampleRetention(12, ['search', 'login']), looks: LOOKS },
  { name: 'a retention of 200 weeks', answer: sampleRetention(200, HOSTILE_TEXTS), looks: MOST },
  { name: 'an empty retention', answer: noUsers, looks: MOST },
  { name: 'a funnel', answer: sampleFunnel(['page.view', 'cart.add', 'checkout', 'paid']), looks: LOOKS },
  { name: 'a funnel of ten long names', answer: sampleFunnel(longNames), looks: LOOKS },
  { name: 'a funnel of hostile texts', answer: sampleFunnel(HOSTILE_TEXTS.slice(0, 10)), looks: MOST },
  { name: 'an empty funnel', answer: noSteps, looks: MOST },
];

/** The pages of jobs in a browser: nothing runs, nothing is fetched, nothing is cut off, and everybody can read them. */
describeWithBrowser('results of jobs in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  for (const { name, answer, looks } of PAGES) {
    for (const look of looks) {
      it(`the page of ${name} is good at ${look.width} px, ${look.scheme}, on ${look.media}`, async () => {
        const html = [...jobHtml(answer)].join('');
        const findings = await lookAtPage(browser, html, { ...look, name: `job-${name}` });
        expect(findings).to.deep.equal({ messages: [], requests: [], overflow: 0, violations: [] });
      });
    }
  }
});
