import { playMutant } from '@weir/simulation/mutants';
import { MUTATIONS } from './mutations.ts';

// Plays schedules with one part of the evaluation left out, and prints the first seed that fails, as JSON.
// Usage: node run-mutant.ts "<name of the mutation>" <schedules at most>

const found = await playMutant({
  mutations: MUTATIONS,
  urlOf: (file) => new URL(sourceOf(file), import.meta.url),
  load: async () => (await import('./play-schedule.ts')).playSchedule,
});
console.log(JSON.stringify(found));

function sourceOf(file: string): string {
  const [, name, inPackage] = /^@weir\/(\w+)\/(.*)/.exec(file) ?? [];
  return name === undefined ? `../../evaluate/${file}` : `../../../../../packages/${name}/src/${inPackage}`;
}
