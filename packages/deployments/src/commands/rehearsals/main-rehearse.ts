import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { hasMoto, startMoto } from '@weir/stacks/moto';
import { createAccountReader } from '../../aws/account-reader.ts';
import { createStageStacks } from '../../aws/stage-stacks.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { RehearsedStage } from '../../rehearsal/rehearsed-stage.ts';
import { UNSEEN_TYPES } from '../../rehearsal/unseen-types.ts';

const SERVICES_DIR = resolve(import.meta.dirname, '../../../../../services');
/** Takes the parameters of `dev`: everything is removed with it. */
const STAGE = 'dev-rehearsal';
const HELP = `Usage: npm run rehearse

Deploys all services to an account that moto_server emulates, changes them and removes them, and looks for what is not as
the templates say. It takes minutes.`;

async function runRehearsal(): Promise<number> {
  if (!hasMoto) throw new Error("not rehearsed, because there is no moto_server: pip install 'moto[server]'");
  const start = Date.now();
  const tell = (sentence: string) =>
    process.stdout.write(`${((Date.now() - start) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
  const moto = await startMoto();
  const dir = await mkdtemp(join(tmpdir(), 'weir-rehearsal-'));
  try {
    const { config } = moto;
    const stage = new RehearsedStage({
      ...{ stage: STAGE, config, dir, servicesDir: SERVICES_DIR, path: process.env.PATH, now: () => Date.now() },
      ...{ account: createAccountReader(config), stacks: createStageStacks(config), tell },
    });
    const faults = await rehearse({ stage, tell });
    process.stdout.write(`Not to be seen on moto: ${UNSEEN_TYPES.join(', ')}\n`);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    process.stdout.write(faults.length === 0 ? 'The rehearsal found no fault\n' : `${faults.length} faults\n`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await moto.close();
    await rm(dir, { recursive: true, force: true });
  }
}

await runCommand({ help: HELP, run: runRehearsal }, process.argv.slice(2));
