// Makes `dist/`, which `npm pack` and `npm publish` put into the package: one module without workspace packages in it, and
// its types.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const types = join(root, 'dist-types');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['-b', root], { stdio: 'inherit' });
await build({
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(dist, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  // The oldest Node of package.json's `engines`.
  target: 'node20.12',
  external: ['@aws-sdk/*'],
});

for (const file of globSync('**/*.d.ts', { cwd: types, exclude: ['**/*.test.d.ts', 'testing/**'] })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  const text = readFileSync(join(types, file), 'utf8');
  writeFileSync(join(dist, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
}
