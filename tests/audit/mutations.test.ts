import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { MUTATIONS } from './mutations.ts';
import { SCENARIOS } from './scenarios.ts';

const run = promisify(execFile);

describe('the audit with one part left out', function () {
  this.timeout(120_000);
  for (const { name } of MUTATIONS) {
    it(`is found wrong when ${name}`, async () => {
      const script = new URL('./run-mutant.ts', import.meta.url).pathname;
      const { stdout } = await run(process.execPath, [script, name, String(SCENARIOS.length)]);
      expect(JSON.parse(stdout), 'the first scenario that fails').to.have.keys('seed', 'error');
    });
  }
});
