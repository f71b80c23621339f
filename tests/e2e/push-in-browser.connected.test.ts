import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { describeWithBrowser, openBrowser } from '../pages/open-browser.ts';
import { serveLivePage } from '../pages/serve-live-page.ts';
import { eventText } from './bad-records.ts';
import { useWeir } from './shared-weir.ts';

/** The example of docs/push.md, with its answers in a list. */
const PAGE = `<!doctype html><ul></ul><script>
  function show(url, key) {
    const socket = new WebSocket(url, ['weir.v1', 'weir.key.' + key]);
    socket.onopen = () => {
      document.title = socket.protocol;
      socket.send(JSON.stringify({ type: 'subscribe', id: 'orders', actions: ['push.browser'], interval: 'minute' }));
    };
    socket.onmessage = ({ data }) => {
      const { type, rows = [] } = JSON.parse(data);
      for (const { count } of rows) document.querySelector('ul').append(Object.assign(document.createElement('li'), {
        textContent: type + ' ' + count,
      }));
    };
  }
</script>`;

describeWithBrowser('the live push in a browser', function () {
  this.timeout(120_000);
  const weir = useWeir();
  let browser: Browser;
  let page: Page;
  let server: Server;

  before(async () => {
    browser = await openBrowser();
    server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  it('connects with the protocol, and shows rows as they change', async () => {
    const send = () => weir.doors.post(`{"events":[${eventText('push.browser', {})}]}`);
    await send();
    await weir.doors.settle();
    await page.evaluate(`show(${JSON.stringify(weir.doors.pushUrl)}, ${JSON.stringify(weir.doors.key)})`);
    await page.waitForFunction(`document.querySelector('li')?.textContent === 'snapshot 1'`);
    expect(await page.title()).to.equal('weir.v1');
    await send();
    await page.waitForFunction(`[...document.querySelectorAll('li')].some((li) => li.textContent.startsWith('rows '))`);
  });

  it('moves the page of docs/live-page.md', async () => {
    const send = () => weir.doors.post(`{"events":[${eventText('push.live-page', {})}]}`);
    await send();
    const { pushUrl, key } = weir.doors;
    const live = await serveLivePage({ pushUrl, key, action: 'push.live-page' });
    try {
      await page.goto(live.url);
      await page.waitForFunction("document.querySelectorAll('rect').length > 0");
      await send();
      const sum = "[...document.querySelectorAll('rect')].reduce((sum, { height }) => sum + height.baseVal.value, 0)";
      await page.waitForFunction(`document.querySelector('output').value === '2' || ${sum} === 240`);
    } finally {
      live.server.close();
    }
  });
});
