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
  const [, inStores] = /^@weir\/dynamodb\/(.*)/.exec(file) ?? [];
  return inStores === undefined ? `../${file}` : `../../../../packages/dynamodb/src/${inStores}`;
}
