import { playMutant } from '@weir/simulation/mutants';
import { MUTATIONS } from './mutations/mutations.ts';

// Runs schedules on the protocol with one part left out, and prints the first seed that fails, as JSON.
// Usage: node run-mutant.ts "<name of the mutation>" <schedules at most>

const found = await playMutant({
  mutations: MUTATIONS,
  urlOf: (file) => new URL(sourceOf(file), import.meta.url),
  load: async () => (await import('./run-schedule.ts')).runSchedule,
});
console.log(JSON.stringify(found));

function sourceOf(file: string): string {
  const [, name, inPackage] = /^@weir\/(\w+)\/(.*)/.exec(file) ?? [];
  return name === undefined ? `../${file}` : `../../../../packages/${name}/src/${inPackage}`;
}
