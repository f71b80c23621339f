import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const RESET = fileURLToPath(new URL('./reset.mjs', import.meta.url));
const FOREVER = 'setInterval(() => {}, 1000);';

describe('npm run reset', () => {
  let dir;
  let holder;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-reset-'));
    mkdirSync(join(dir, 'state', 'data'), { recursive: true });
  });
  afterEach(() => {
    holder?.kill('SIGKILL');
    holder = undefined;
    rmSync(dir, { recursive: true, force: true });
  });

  const state = () => join(dir, 'state');
  /** Starts a program from this file, and writes down that the state is its. */
  function hold(file) {
    mkdirSync(join(dir, 'npm-start'), { recursive: true });
    writeFileSync(join(dir, file), FOREVER);
    holder = spawn(process.execPath, [join(dir, file)], { stdio: 'ignore' });
    writeFileSync(join(state(), 'npm-start.pid'), `${holder.pid}\n`);
  }
  const reset = () => {
    const env = { ...process.env, WEIR_STATE_DIR: state() };
    const { status, stderr } = spawnSync(process.execPath, [RESET], { env, encoding: 'utf8' });
    return { status, stderr, isEmpty: !existsSync(state()) };
  };

  it('empties the state', () => {
    expect(reset()).to.deep.equal({ status: 0, stderr: '', isEmpty: true });
  });

  it('leaves the state of an npm start that runs, and says how to end it', () => {
    hold('npm-start/main.ts');
    const { status, stderr, isEmpty } = reset();
    expect({ status, isEmpty }).to.deep.equal({ status: 1, isEmpty: false });
    expect(stderr).to.include(`kill ${holder.pid}`);
  });

  it('does not mind a stranger that has received the number of an npm start that was killed', () => {
    hold('stranger.js');
    expect(reset()).to.deep.equal({ status: 0, stderr: '', isEmpty: true });
  });
});
