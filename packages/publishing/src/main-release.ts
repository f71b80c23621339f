import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { checkRelease, prepareRelease, RELEASED, releaseOf } from './release/released-package.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HELP = `Usage: npm run release -- PACKAGE VERSION
       npm run release -- --check TAG

Writes VERSION into PACKAGE (${Object.keys(RELEASED).join(', ')}), and its changes since its last release into its
CHANGELOG.md. Commit that. Once it is on main and ci has passed, push the tag PACKAGE-vVERSION: release.yml then publishes it.

--check prints the package of a tag, and fails if the checkout is not what the tag names.`;

function main([first, second]: readonly string[]): number {
  if (first === undefined || second === undefined) {
    process.stdout.write(`${HELP}\n`);
    return first === '--help' ? 0 : 1;
  }
  try {
    if (first === '--check') {
      const release = releaseOf(second);
      checkRelease(ROOT, release);
      process.stdout.write(`${release.name}\n`);
      return 0;
    }
    const day = execFileSync('git', ['log', '-1', '--format=%cs'], { cwd: ROOT, encoding: 'utf8' }).trim();
    prepareRelease(ROOT, { name: first, version: second }, day);
    process.stdout.write(`Read packages/${first}/CHANGELOG.md, and commit it with the new version.\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
