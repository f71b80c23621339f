import { resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { checkRelease, releaseOf } from './release/released-package.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HELP = `Usage: npm run check-release -- TAG

Prints the package that a tag like client-v1.2.0 releases. Fails if the checkout is not what the tag names.`;

function check(tag: string): number {
  const release = releaseOf(tag);
  checkRelease(ROOT, release);
  process.stdout.write(`${release.name}\n`);
  return 0;
}

await runCommand({ help: HELP, words: ['TAG'], run: ({ words: [tag = ''] }) => check(tag) }, process.argv.slice(2));
