// Makes `dist/`, which is what is published: one module without workspace packages in it, its types, a package.json.
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  target: 'node22',
  external: ['@aws-sdk/*'],
});

for (const file of globSync('**/*.d.ts', { cwd: types, exclude: ['**/*.test.d.ts', 'testing/**'] })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  const text = readFileSync(join(types, file), 'utf8');
  writeFileSync(join(dist, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
}

const { name, version, description, license, type, engines, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const exports = { '.': { types: './index.d.ts', default: './index.js' } };
const published = { name, version, description, license, type, engines, exports, dependencies };
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
cpSync(join(root, 'README.md'), join(dist, 'README.md'));
cpSync(join(root, '../../LICENSE'), join(dist, 'LICENSE'));
