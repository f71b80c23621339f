import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/**
 * Makes `dist/` of the package in a folder, which `npm pack` and `npm publish` put into it: one module without workspace
 * packages in it, and its types. `options` are those of esbuild that the package has of its own.
 */
export async function buildPackage(
  root: string,
  options: Pick<BuildOptions, 'platform' | 'target' | 'external'>,
): Promise<void> {
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync('tsc', ['-b', root], { stdio: 'inherit' });
  const entryPoints = [join(root, 'src/index.ts')];
  await build({ ...options, entryPoints, outfile: join(dist, 'index.js'), bundle: true, format: 'esm' });
  writeTypes(join(root, 'dist-types'), dist);
}

/** The types of what is published, which name each other as `.js`. */
function writeTypes(from: string, to: string): void {
  for (const file of globSync('**/*.d.ts', { cwd: from, exclude: ['**/*.test.d.ts', 'testing/**'] })) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    const text = readFileSync(join(from, file), 'utf8');
    writeFileSync(join(to, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}
