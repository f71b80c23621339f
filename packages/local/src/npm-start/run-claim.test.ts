import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { claimRun } from './run-claim.ts';

describe('the folder of the state', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('belongs to one npm start at a time, whose pid a second one is told', () => {
    const first = claimRun(dir, 11, () => true);
    expect(first.outcome).to.equal('claimed');
    expect(claimRun(dir, 12, (pid) => pid === 11)).to.deep.equal({ outcome: 'running', pid: 11 });
    if (first.outcome === 'claimed') first.release();
    expect(claimRun(dir, 12, () => true).outcome).to.equal('claimed');
  });

  it('is taken over from a process that is gone', () => {
    claimRun(dir, 11);
    expect(claimRun(dir, 12, () => false).outcome).to.equal('claimed');
    expect(readFileSync(join(dir, 'npm-start.pid'), 'utf8')).to.equal('12\n');
  });

  // Without an own answer to whether a process is alive: the system's.
  it('is taken over where another program has the number by now, as after a power cut', () => {
    expect(claimRun(dir, 12).outcome).to.equal('claimed');
    writeFileSync(join(dir, 'npm-start.pid'), `${process.pid}\n`);
    expect(claimRun(dir, 12).outcome).to.equal('claimed');
  });

  it('is taken over from a number that no process has', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(dir, 'npm-start.pid'), `${pid}\n`);
    expect(claimRun(dir, 12).outcome).to.equal('claimed');
  });

  for (const words of ['', 'nonsense', '-1', '1.5']) {
    it(`is free where it is claimed by ${JSON.stringify(words)}`, () => {
      writeFileSync(join(dir, 'npm-start.pid'), words);
      expect(claimRun(dir, 12, () => true).outcome).to.equal('claimed');
    });
  }

  it('is given back only by the one that has it', () => {
    const first = claimRun(dir, 11, () => true);
    claimRun(dir, 12, () => false);
    if (first.outcome === 'claimed') first.release();
    expect(readFileSync(join(dir, 'npm-start.pid'), 'utf8')).to.equal('12\n');
  });
});
