import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { MUTATIONS } from './mutations.ts';

const run = promisify(execFile);
/** If so many schedules do not find a mutation, nothing shows that the part left out matters. */
const SCHEDULES = 1000;

describe('the evaluation of rules with one part left out', () => {
  for (const { name } of MUTATIONS) {
    it(`is found wrong when ${name}`, async function () {
      this.timeout(300_000);
      const script = new URL('./run-mutant.ts', import.meta.url).pathname;
      const { stdout } = await run(process.execPath, [script, name, String(SCHEDULES)]);
      expect(JSON.parse(stdout), 'the first schedule that fails').to.have.keys('seed', 'error');
    });
  }
});
