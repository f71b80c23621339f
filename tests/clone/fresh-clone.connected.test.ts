import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { uninstalledEnvironment } from '../../packages/deployments/src/hashes/fresh-checkout.ts';

const ROOT = join(import.meta.dirname, '../..');
/** An installation takes a minute with npm's cache, and several minutes on a slow line. */
const TIMEOUT_MS = 600_000;

describe('a fresh clone with nothing installed', function () {
  this.timeout(TIMEOUT_MS);
  let clone: string;
  let child: ChildProcess | undefined;

  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'weir-clone-'));
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, clone], { stdio: 'pipe' });
  });

  after(async () => {
    if (child?.pid && child.exitCode === null) {
      // Also ends all processes that it has started.
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
    rmSync(clone, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  it('installs all that `npm test` needs, and then begins the tests', async () => {
    expect(existsSync(join(clone, 'node_modules'))).to.equal(false);
    child = spawn('npm', ['test'], { cwd: clone, env: uninstalledEnvironment(process.env), detached: true });
    let printed = '';
    const begun = new Promise<void>((resolve, reject) => {
      for (const output of [child?.stdout, child?.stderr]) {
        output?.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
          // Its first check has ended. The rest would run this test again.
          if (/^Checked \d+ files/m.test(printed)) resolve();
        });
      }
      child?.once('exit', (code) => reject(new Error(`npm test ended with ${code}:\n${printed}`)));
    });
    await begun;
    expect(printed).to.match(/Installing \(nothing is installed yet\).*biome check/s);
    expect(existsSync(join(clone, 'services/api/.native/node_modules/sharp'))).to.equal(true);
  });
});
