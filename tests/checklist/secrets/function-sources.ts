import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
/** Packages that run on a developer's machine, and in no function. */
const NOT_IN_AWS = new Set(['local', 'ops', 'packaging', 'stacks', 'simulation']);

/** The sources from which functions are built, without tests, by their paths. */
export function functionSources(): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of ['packages', 'services']) {
    for (const name of readdirSync(join(ROOT, folder)).filter((one) => !NOT_IN_AWS.has(one))) {
      for (const path of sourcesBelow(`${folder}/${name}/src`)) found[path] = readFileSync(join(ROOT, path), 'utf8');
    }
  }
  return found;
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : sourcesBelow(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}
