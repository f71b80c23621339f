import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

  it('leaves the state of a local AWS that a service started by itself, and names its process', async () => {
    mkdirSync(join(state(), 'data'), { recursive: true });
    const claim = join(state(), 'data', 'claimed-by');
    const file = join(dir, 'aws.mjs');
    writeFileSync(
      file,
      `import { createServer } from 'node:http';
       const server = createServer((_, answer) => answer.end(JSON.stringify({ pid: process.pid })));
       server.listen(0, '127.0.0.1', () => console.log(server.address().port));`,
    );
    holder = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [port] = await once(holder.stdout.setEncoding('utf8'), 'data');
    writeFileSync(claim, `http://127.0.0.1:${port.trim()}`);
    const { status, stderr, isEmpty } = reset();
    expect({ status, isEmpty }).to.deep.equal({ status: 1, isEmpty: false });
    expect(stderr).to.include(`pid ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(reset()).to.deep.equal({ status: 0, stderr: '', isEmpty: true });
  });

  it('does not mind a stranger that has received the number of an npm start that was killed', () => {
    hold('stranger.js');
    expect(reset()).to.deep.equal({ status: 0, stderr: '', isEmpty: true });
  });
});
