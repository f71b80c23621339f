import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { MUTATIONS } from './mutations/mutations.ts';

// Runs schedules on the protocol with one part left out, and prints the first seed that fails, as JSON.
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

const { runSchedule } = await import('./run-schedule.ts');
let found: { seed: number; error: string } | undefined;
for (let seed = 1; seed <= Number(schedules) && !found; seed++) {
  try {
    await runSchedule(seed);
  } catch (error) {
    found = { seed, error: String(error) };
  }
}
console.log(JSON.stringify(found ?? null));

function sourceOf(file: string): string {
  return file.startsWith('@weir/dynamodb/')
    ? `../../../../packages/dynamodb/src/${file.slice('@weir/dynamodb/'.length)}`
    : `../${file}`;
}
