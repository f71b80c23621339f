import { deepStrictEqual } from 'node:assert/strict';
import { playMutant } from '@weir/simulation/mutants';
import { MUTATIONS } from './mutations.ts';

// Runs the scenarios on the audit with one part left out, and prints the first one that fails, as JSON: its number is the
// seed. Usage: node run-mutant.ts "<name of the mutation>" <scenarios at most>

const found = await playMutant({
  mutations: MUTATIONS,
  urlOf: (file) => new URL(`../../packages/audit/src/${file}`, import.meta.url),
  load: async () => {
    const { AuditedWorld } = await import('./audited-world.ts');
    const { SCENARIOS } = await import('./scenarios.ts');
    return async (seed) => {
      const scenario = SCENARIOS[seed - 1];
      if (scenario) deepStrictEqual(await scenario.find(await AuditedWorld.make()), scenario.expected);
    };
  },
});
process.stdout.write(JSON.stringify(found));
