import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { hasMoto, startMoto } from '@weir/stacks/moto';
import { freshEnvironment } from '../../page-rehearsal/fresh-environment.ts';
import { OUT_OF_REACH } from '../../page-rehearsal/out-of-reach.ts';
import { placeholdersFor } from '../../page-rehearsal/placeholders.ts';
import { readCommands } from '../../page-rehearsal/read-commands.ts';
import { rehearsePage } from '../../page-rehearsal/rehearse-page.ts';
import { Shell } from '../../page-rehearsal/shell.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const HELP = `Usage: npm run rehearse-docs

Follows docs/deploy.md literally, from a fresh clone of this checkout's last commit, in an account that moto_server
emulates. It takes minutes. A command that fails is a fault, and so is one that is known to fail and works.`;

async function followPage(): Promise<number> {
  if (!hasMoto) throw new Error("not followed, because there is no moto_server: pip install 'moto[server]'");
  if (spawnSync('aws', ['--version']).error) throw new Error('not followed, because there is no AWS CLI');
  const start = Date.now();
  const tell = (sentence: string) =>
    process.stdout.write(`${((Date.now() - start) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
  const commands = readCommands(await readFile(join(ROOT, 'docs/deploy.md'), 'utf8'));
  const dir = await mkdtemp(join(tmpdir(), 'weir-page-'));
  const moto = await startMoto();
  const shell = new Shell({ cwd: dir, env: freshEnvironment(process.env, dir, moto.config) });
  try {
    const placeholders = placeholdersFor(ROOT);
    const faults = await rehearsePage({ commands, placeholders, outOfReach: OUT_OF_REACH, shell, tell });
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    process.stdout.write(faults.length === 0 ? 'docs/deploy.md works as far as moto reaches\n' : 'A fault was found\n');
    return faults.length === 0 ? 0 : 1;
  } finally {
    shell.close();
    await moto.close();
    await rm(dir, { recursive: true, force: true });
  }
}

await runCommand({ help: HELP, run: followPage }, process.argv.slice(2));
