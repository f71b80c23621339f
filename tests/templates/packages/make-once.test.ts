import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeOnce } from './make-once.ts';

describe('what processes make once', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-once-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (text: string) => (made: string) => writeFileSync(join(made, 'file'), text);
  const read = (made: string) => readFileSync(join(made, 'file'), 'utf8');

  it('is made once for each key', () => {
    expect(read(makeOnce({ folder }, 'a', write('first')))).to.equal('first');
    expect(read(makeOnce({ folder }, 'a', write('second')))).to.equal('first');
    expect(read(makeOnce({ folder }, 'b', write('third')))).to.equal('third');
  });

  it('is made again if it could not be made, without what was there by then', () => {
    const fail = (made: string) => {
      write('half')(made);
      throw new Error('the disk is full');
    };
    expect(() => makeOnce({ folder }, 'a', fail)).to.throw('the disk is full');
    const made = makeOnce({ folder }, 'a', (draft) => expect(existsSync(join(draft, 'file'))).to.equal(false));
    expect(existsSync(join(made, 'file'))).to.equal(false);
  });

  it('is not waited for without end', () => {
    const made = makeOnce({ folder }, 'a', write('made'));
    rmSync(made, { recursive: true });
    mkdirSync(`${made}.lock`);
    const wait = () => makeOnce({ folder, patienceMs: 100 }, 'a', write('made'));
    expect(wait).to.throw('another process has not made a in 100 ms');
  });

  it('is made by one of several processes, and the others see it only when it is whole', async function () {
    this.timeout(20_000);
    const code = `
      import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
      import { makeOnce } from ${JSON.stringify(join(import.meta.dirname, 'make-once.ts'))};
      const folder = ${JSON.stringify(folder)};
      const made = makeOnce({ folder }, 'a', (draft) => {
        appendFileSync(folder + '/makers', 'x');
        writeFileSync(draft + '/file', 'half');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        writeFileSync(draft + '/file', 'whole');
      });
      if (readFileSync(made + '/file', 'utf8') !== 'whole') process.exit(1);`;
    const all = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '--eval', code]));
    const ends = await Promise.all(all.map((child) => once(child, 'exit')));
    expect(ends.map(([exitCode]) => exitCode)).to.deep.equal([0, 0, 0, 0]);
    expect(readFileSync(join(folder, 'makers'), 'utf8')).to.equal('x');
  });
});
