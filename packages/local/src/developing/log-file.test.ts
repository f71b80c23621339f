import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLogFile } from './log-file.ts';

describe('the log of the local AWS', () => {
  it('begins anew and takes lines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-'));
    const path = join(folder, 'aws.log');
    writeFileSync(path, 'of another day');
    const complaints: string[] = [];
    const log = openLogFile(path, (problem) => complaints.push(problem));
    for (const line of ['one', 'two']) log(line);
    expect(readFileSync(path, 'utf8')).to.equal('one\ntwo\n');
    expect(complaints).to.deep.equal([]);
    rmSync(folder, { recursive: true });
  });

  it('ends nothing when it cannot be written any more, and says so once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-'));
    const path = join(folder, 'aws.log');
    const complaints: string[] = [];
    const log = openLogFile(path, (problem) => complaints.push(problem));
    rmSync(folder, { recursive: true });
    for (const line of ['one', 'two']) log(line);
    expect(complaints).to.have.length(1);
    expect(complaints[0]).to.match(/^The log lacks lines from now on: ENOENT: .*aws\.log/);
  });
});
