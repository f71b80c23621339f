import type { Server } from 'node:http';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { FakePush, rowOf } from '../../packages/client/src/testing/fake-push.ts';
import { LOOKS, measurePage, setLook } from './look-at-page.ts';
import { describeWithBrowser, openBrowser } from './open-browser.ts';
import { serveLivePage } from './serve-live-page.ts';

const minute = (at: number) => new Date(Date.UTC(2025, 10, 24, 16, at)).toISOString();

describeWithBrowser('the page of docs/live-page.md', function () {
  this.timeout(120_000);
  const push = new FakePush();
  let browser: Browser;
  let server: Server;
  let page: Page;

  before(async () => {
    await push.start();
    const served = await serveLivePage({ pushUrl: push.url, key: 'weir_k' });
    server = served.server;
    browser = await openBrowser();
    page = await browser.newPage();
    push.push(rowOf('checkout', 3, minute(0)), rowOf('checkout', 6, minute(2)));
    await page.goto(served.url);
  });

  after(async () => {
    await browser?.close();
    server?.close();
    await push.stop();
  });

  /** Waits until the page shows this number, and reads its bars: place and height. */
  async function bars(shown: string): Promise<number[][]> {
    await page.waitForFunction(`document.querySelector('output').value === '${shown}'`);
    const read =
      "[...document.querySelectorAll('rect')].map(({ x, height }) => [x.baseVal.value, height.baseVal.value])";
    return (await page.evaluate(read)) as number[][];
  }

  it('shows the minutes that are there, each in its place', async () => {
    expect(await bars('6')).to.deep.equal([
      [570, 60],
      [590, 120],
    ]);
  });

  it('moves as events are counted', async () => {
    push.push(rowOf('checkout', 12, minute(3)));
    expect(await bars('12')).to.deep.equal([
      [560, 30],
      [580, 60],
      [590, 120],
    ]);
  });

  for (const look of LOOKS) {
    it(`is well made on a ${look.media} of ${look.width} pixels, ${look.scheme}`, async () => {
      await setLook(page, look);
      const { overflow, violations } = await measurePage(page, { ...look, name: 'live page' });
      expect([overflow, violations]).to.deep.equal([0, []]);
    });
  }

  it('comes back by itself when Weir was away', async () => {
    await push.stop();
    push.push(rowOf('checkout', 24, minute(3)));
    await push.start();
    expect((await bars('24')).at(-1)).to.deep.equal([590, 120]);
    expect(push.connections).to.equal(2);
  });

  it('says so if its key may not see the action', async () => {
    await page.goto(`${page.url()}secret`);
    await page.waitForFunction("document.querySelector('#state').textContent.endsWith('refused: forbidden')");
  });
});
