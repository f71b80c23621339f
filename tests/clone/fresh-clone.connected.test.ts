import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '../..');
/** An installation takes a minute with npm's cache, and several minutes on a slow line. */
const TIMEOUT_MS = 600_000;

/** The variables that npm and our own installation add to the environment of a command. */
const OURS = /^(npm_(?!config_).*|npm_config_(local_prefix|loglevel)|INIT_CWD|NODE|NODE_OPTIONS|NODE_V8_COVERAGE)$/i;

/** The environment of a person who has just cloned the repository. */
function freshEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

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
    child = spawn('npm', ['test'], { cwd: clone, env: freshEnvironment(), detached: true });
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
