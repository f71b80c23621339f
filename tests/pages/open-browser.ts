import { spawnSync } from 'node:child_process';
import { type Browser, launch } from 'puppeteer-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

const program = spawnSync('sh', ['-c', PROGRAMS.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' })
  .stdout.trim()
  .split('\n')[0];

/** Starts the machine's Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  if (!program) throw new Error('there is no chromium');
  // Root has no sandbox. The pages are our own.
  return launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A `describe` whose tests need a browser. On a machine without one, it prints one line instead. */
export function describeWithBrowser(title: string, body: (this: Mocha.Suite) => void): void {
  if (program) describe(title, body);
  else process.stdout.write(`  ${title}: not run, as there is no chromium: apt-get install chromium\n`);
}
