import { playMutant } from '@weir/simulation/mutants';
import { sourceUrl } from '../source-url.ts';
import { MUTATIONS } from './mutations.ts';

// Plays schedules with one part of the evaluation left out, and prints the first seed that fails, as JSON.
// Usage: node run-mutant.ts "<name of the mutation>" <schedules at most>

const found = await playMutant({
  mutations: MUTATIONS,
  urlOf: sourceUrl,
  load: async () => (await import('./play-schedule.ts')).playSchedule,
});
console.log(JSON.stringify(found));
