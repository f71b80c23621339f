import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { prepareRelease, RELEASED } from './release/released-package.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HELP = `Usage: npm run release -- PACKAGE VERSION

Writes VERSION into PACKAGE (${Object.keys(RELEASED).join(', ')}), and its changes since its last release into its
CHANGELOG.md. Commit that. Once it is on main and ci has passed, push the tag PACKAGE-vVERSION: release.yml then publishes it.`;

function release(name: string, version: string): number {
  const day = execFileSync('git', ['log', '-1', '--format=%cs'], { cwd: ROOT, encoding: 'utf8' }).trim();
  prepareRelease(ROOT, { name, version }, day);
  process.stdout.write(`Read packages/${name}/CHANGELOG.md, and commit it with the new version.\n`);
  return 0;
}

await runCommand(
  { help: HELP, words: ['PACKAGE', 'VERSION'], run: ({ words: [name = '', version = ''] }) => release(name, version) },
  process.argv.slice(2),
);
