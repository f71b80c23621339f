import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
}

export const LOOKS: readonly Look[] = [
  { width: 1280, scheme: 'light', media: 'screen' },
  { width: 1280, scheme: 'dark', media: 'screen' },
  { width: 360, scheme: 'light', media: 'screen' },
  { width: 360, scheme: 'dark', media: 'screen' },
  // The width of A4 between its margins. Paper is white, whatever the screen is.
  { width: 688, scheme: 'dark', media: 'print' },
];

/** What a browser found in a page. A good page has nothing of any. */
export interface Findings {
  /** Messages of the console, exceptions, and dialogs that a script opened. */
  readonly messages: string[];
  /** Requests to anything outside of the page. */
  readonly requests: string[];
  /** How far the page is wider than the screen. */
  overflow: number;
  /** What axe found. */
  readonly violations: string[];
}

/**
 * Opens a page in the way of `look`, and reports what is wrong with it. `WEIR_SCREENSHOTS` names a folder for pictures
 * of all pages, for eyes.
 */
export async function lookAtPage(browser: Browser, html: string, look: Look & { name: string }): Promise<Findings> {
  const page = await browser.newPage();
  const findings: Findings = { messages: [], requests: [], overflow: 0, violations: [] };
  listen(page, findings);
  await setLook(page, look);
  await page.setContent(html, { waitUntil: 'load' });
  Object.assign(findings, await measurePage(page, look));
  await page.close();
  return findings;
}

/** Shows a page in the way of `look`. */
export async function setLook(page: Page, { width, scheme, media }: Look): Promise<void> {
  await page.setViewport({ width, height: 900 });
  const session = await page.createCDPSession();
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await session.send('Emulation.setEmulatedMedia', { media, features });
}

/** What is wrong with a page as it is shown, with a picture of it if `WEIR_SCREENSHOTS` wants some. */
export async function measurePage(
  page: Page,
  look: Look & { name: string },
): Promise<Pick<Findings, 'overflow' | 'violations'>> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth').then(Number);
  const folder = process.env.WEIR_SCREENSHOTS;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${look.name.replaceAll(' ', '-')}-${look.width}-${look.scheme}-${look.media}.png`);
    await page.screenshot({ path: path as `${string}.png`, fullPage: true });
  }
  return { overflow, violations: await runAxe(page) };
}

function listen(page: Page, { messages, requests }: Findings): void {
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(String(error)));
  page.on('dialog', (dialog) => {
    messages.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('request', (request) => {
    if (!/^(?:data:|about:blank)/.test(request.url())) requests.push(request.url());
  });
}

async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}
