import { expect } from 'chai';
import { AuditedWorld } from './audited-world.ts';
import { SCENARIOS } from './scenarios.ts';

describe('an audit finds exactly what is wrong when', () => {
  for (const { name, find, expected } of SCENARIOS) {
    it(name, async () => {
      expect(await find(await AuditedWorld.make())).to.deep.equal(expected);
    });
  }
});
