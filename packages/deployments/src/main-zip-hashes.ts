import { execFileSync } from 'node:child_process';
import { differingZips, hashesTable, zipHashes } from './hashes/zip-hashes.ts';

const HELP = `Usage: npm run zip-hashes -- DIR…

Prints a table of the zips in these directories of serverless package, with their hashes. Fails if a zip of a service is
not the same for each stage.`;

async function main(dirs: readonly string[]): Promise<number> {
  if (dirs.length === 0 || dirs.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return dirs.length === 0 ? 1 : 0;
  }
  try {
    const hashes = await zipHashes(dirs);
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    process.stdout.write(`${hashesTable(commit, hashes)}\n`);
    const differing = differingZips(hashes);
    if (differing.length > 0) throw new Error(`not the same for each stage: ${differing.join(', ')}`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
