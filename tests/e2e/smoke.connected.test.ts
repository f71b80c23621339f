import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const PROGRAM = join(import.meta.dirname, '../../packages/deployments/src/commands/stages/main-smoke.ts');

describe('npm run smoke', () => {
  const weir = useWeir();

  it('finds that a stage counts exactly, makes a report and sends a webhook', async function () {
    this.timeout(120_000);
    const { apiUrl, key } = weir.doors;
    const args = [PROGRAM, '--stage', 'tried', '--url', apiUrl, '--no-stream'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, WEIR_KEY: key } });
    expect(stdout).to.match(/exactly 5 events are counted.*same count.*answered with 405.*The stage tried works/s);
  });

  it('says how to reach a stage in AWS', async () => {
    const args = [PROGRAM, '--stage', 'production'];
    const { stderr } = await promisify(execFile)(process.execPath, args).catch((error) => error);
    expect(stderr).to.equal('WEIR_KEY and --url are needed for a stage in AWS\n');
  });
});
