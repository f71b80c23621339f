import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { SERVICES } from '../../changes/services-to-deploy.ts';
import { FreshCheckout, type Machine } from '../../hashes/fresh-checkout.ts';
import { allZipsLine, comparisonTable, differingZips, zipHashes } from '../../hashes/zip-hashes.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const HELP = `Usage: npm run compare-zips -- STAGE…

Packages every service for these stages in two fresh checkouts of HEAD, of another path, umask, time zone, language and
age, and prints a table of the zips. Fails if a zip is not the same in all of them. It takes minutes, and installs the
packages of both checkouts.`;

const MACHINES: readonly Machine[] = [
  { folder: 'weir', umask: '022', env: { TZ: 'UTC', LC_ALL: 'C' } },
  {
    ...{ folder: 'home/of-somebody/else/checkout-2', umask: '077', touched: '200102030405' },
    // In Turkish, i is no lower-case I.
    env: { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' },
  },
];
/** A stage that is on call is refused without one. */
const ALARM_ACTIONS = 'arn:aws:sns:us-east-1:000000000000:on-call';

async function compareZips(stages: readonly string[]): Promise<number> {
  const start = Date.now();
  const tell = (sentence: string) =>
    process.stderr.write(`${((Date.now() - start) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
  // HEAD may move meanwhile.
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const parent = await mkdtemp(join(tmpdir(), 'weir-zips-'));
  try {
    const env = { ...process.env, WEIR_ALARM_ACTIONS: ALARM_ACTIONS };
    const dirs = await Promise.all(
      MACHINES.map(async (machine) => {
        const checkout = new FreshCheckout(machine, parent, env);
        await checkout.make(ROOT, commit);
        tell(`${machine.folder}, umask ${machine.umask}, is installed`);
        const packaged = await checkout.package(stages, SERVICES);
        tell(`${machine.folder} has packaged ${packaged.length} times`);
        return packaged;
      }),
    );
    const hashes = await zipHashes(dirs.flat());
    const title = `Commit ${commit}, packaged ${dirs.flat().length} times`;
    process.stdout.write(`${title}\n\n${comparisonTable(hashes)}\n\n${allZipsLine(hashes)}\n`);
    const differing = differingZips(hashes);
    if (differing.length > 0) throw new Error(`not the same everywhere: ${differing.join(', ')}`);
    return 0;
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

await runCommand({ help: HELP, words: ['STAGE…'], run: ({ words }) => compareZips(words) }, process.argv.slice(2));
