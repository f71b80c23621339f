import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { MUTATIONS } from './mutations.ts';

// Runs the scenarios on the audit with one part left out, and prints the first one that fails, as JSON.
// Usage: node run-mutant.ts "<name of the mutation>"

const mutation = MUTATIONS.find(({ name }) => name === process.argv[2]);
if (!mutation) throw new Error(`no mutation is called ${process.argv[2]}`);
const target = new URL(`../../packages/audit/src/${mutation.file}`, import.meta.url).href;
if (readFileSync(new URL(target), 'utf8').split(mutation.find).length !== 2) {
  throw new Error(`${mutation.file} does not have the text once: ${mutation.find}`);
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    return { ...loaded, source: String(loaded.source).replace(mutation.find, () => mutation.replace) };
  },
});

const { AuditedWorld } = await import('./audited-world.ts');
const { SCENARIOS } = await import('./scenarios.ts');
let failed: string | null = null;
for (const { name, find, expected } of SCENARIOS) {
  const found = await AuditedWorld.make()
    .then(find)
    .catch((error: unknown) => [String(error)]);
  if (isDeepStrictEqual(found, expected)) continue;
  failed = name;
  break;
}
process.stdout.write(JSON.stringify(failed));
