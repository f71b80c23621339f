import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

const own = ownFiles();

/** The chunks of a package that are named after one of our files: the files that a function imports late. */
export function lateFiles(files: readonly string[]): string[] {
  return files.filter((file) => {
    const [, name = ''] = /\.chunks\/(.+)-[A-Z0-9]{8}\.mjs$/.exec(file) ?? [];
    return own.has(name);
  });
}

/** The names of all our files that may be in a bundle, without `.ts`. */
function ownFiles(): ReadonlySet<string> {
  const workspaces = ['services', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name, 'src')),
  );
  const files = workspaces.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  return new Set(files.filter((file) => file.endsWith('.ts')).map((file) => basename(file, '.ts')));
}
