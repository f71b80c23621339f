import { firstFailure } from '@weir/simulation/first-failure';
import { expect } from 'chai';
import { MUTATIONS } from './mutations.ts';

const SCRIPT = new URL('./run-mutant.ts', import.meta.url);
const SCHEDULES = 500;

describe('what rules tell, with one write left out or moved', () => {
  for (const { name } of MUTATIONS) {
    it(`is found wrong when ${name}`, async function () {
      this.timeout(120_000);
      const found = await firstFailure({ script: SCRIPT, name, schedules: SCHEDULES });
      expect(found, 'the first schedule that fails').to.have.keys('seed', 'error');
    });
  }
});
