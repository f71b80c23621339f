import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startLines } from './start-lines.ts';

describe('the lines about the start of the services', () => {
  it('are in their logs, and get their names', () => {
    const dir = mkdtempSync(join(tmpdir(), 'weir-'));
    const logs = ['api', 'aws'].map((name) => ({ name, logFile: join(dir, `${name}.log`) }));
    writeFileSync(join(dir, 'api.log'), 'first\nStart: framework 0.6 s\nServer ready\n');
    writeFileSync(join(dir, 'aws.log'), 'Not this Start: at all\n');
    expect(startLines(logs)).to.deep.equal(['api  Start: framework 0.6 s']);
    rmSync(dir, { recursive: true });
  });
});
