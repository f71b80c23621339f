import { firstFailure } from '@weir/simulation/first-failure';
import { expect } from 'chai';
import { MUTATIONS } from './mutations.ts';

const SCRIPT = new URL('./run-mutant.ts', import.meta.url);
const SCHEDULES = 2000;

describe('mails with one part left out', () => {
  for (const { name } of MUTATIONS) {
    it(`are found wrong when ${name}`, async function () {
      this.timeout(300_000);
      const found = await firstFailure({ script: SCRIPT, name, schedules: SCHEDULES });
      expect(found, 'the first schedule that fails').to.have.keys('seed', 'error');
    });
  }
});
