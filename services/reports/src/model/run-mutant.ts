import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { MUTATIONS } from './mutations.ts';

// Plays schedules with one part of the engine left out, and prints the first seed that fails, as JSON.
// Usage: node run-mutant.ts "<name of the mutation>" <schedules at most>

const [name, schedules] = process.argv.slice(2);
const mutation = MUTATIONS.find((candidate) => candidate.name === name);
if (!mutation) throw new Error(`no mutation is called ${name}`);

const target = new URL(sourceOf(mutation.file), import.meta.url).href;
const source = readFileSync(new URL(target), 'utf8');
if (source.split(mutation.find).length !== 2) {
  throw new Error(`${mutation.file} does not have the text once: ${mutation.find}`);
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    return { ...loaded, source: String(loaded.source).replace(mutation.find, () => mutation.replace) };
  },
});

const { playSchedule } = await import('./play-schedule.ts');
let found: { seed: number; error: string } | undefined;
for (let seed = 1; seed <= Number(schedules) && !found; seed++) {
  await playSchedule(seed).catch((error: unknown) => {
    found = { seed, error: String(error) };
  });
}
console.log(JSON.stringify(found ?? null));

function sourceOf(file: string): string {
  const [, inStores] = /^@weir\/dynamodb\/(.*)/.exec(file) ?? [];
  return inStores === undefined ? `../jobs/${file}` : `../../../../packages/dynamodb/src/${inStores}`;
}
