import { execFileSync } from 'node:child_process';
import { runCommand } from '@weir/command-line';
import { allZipsLine, differingZips, hashesTable, zipHashes } from '../../hashes/zip-hashes.ts';

const HELP = `Usage: npm run zip-hashes -- DIR…

Prints a table of the zips in these directories of serverless package, with their hashes, and the hash of all together.
Fails if a zip of a service is not the same for each stage.`;

async function printHashes(dirs: readonly string[]): Promise<number> {
  const hashes = await zipHashes(dirs);
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  process.stdout.write(`${hashesTable(commit, hashes)}\n\n${allZipsLine(hashes)}\n`);
  const differing = differingZips(hashes);
  if (differing.length > 0) throw new Error(`not the same for each stage: ${differing.join(', ')}`);
  return 0;
}

await runCommand({ help: HELP, words: ['DIR…'], run: ({ words }) => printHashes(words) }, process.argv.slice(2));
