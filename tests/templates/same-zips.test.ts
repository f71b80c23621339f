import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageArtifact } from '../../packages/deployments/src/artifact/package-artifact.ts';
import { differingZips, zipHashes } from '../../packages/deployments/src/hashes/zip-hashes.ts';

const SERVICE = 'ingest-stream';
const TEMPLATE_FILE = 'cloudformation-template-update-stack.json';

describe('two packagings of a service at the same time', () => {
  let out: string;
  before(() => {
    out = mkdtempSync(join(tmpdir(), 'weir-twice-'));
  });
  after(() => rmSync(out, { recursive: true }));

  async function packageUnder(umask: number, stage: string, env: NodeJS.ProcessEnv): Promise<string> {
    const dir = join(out, stage);
    const serviceDir = join(import.meta.dirname, '../../services', SERVICE);
    // A process takes the umask of the one that starts it.
    const before = process.umask(umask);
    const running = packageArtifact(
      { serviceDir, stage, region: 'us-east-1', dir },
      { env: { PATH: process.env.PATH, HOME: out, ...env }, stdio: 'ignore' },
    );
    process.umask(before);
    expect(await running).to.equal(0);
    return dir;
  }

  it('do not disturb each other, and make the same zips for two stages, from two paths and under two umasks', async () => {
    const stages = ['dev-one', 'dev-two'];
    const dirs = await Promise.all([
      packageUnder(0o022, 'dev-one', { TZ: 'UTC', LC_ALL: 'C' }),
      packageUnder(0o077, 'dev-two', { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' }),
    ]);
    const hashes = await zipHashes(dirs);
    expect(differingZips(hashes)).to.deep.equal([]);
    expect(hashes.length).to.be.greaterThan(2);
    for (const [at, dir] of dirs.entries()) {
      const template = readFileSync(join(dir, TEMPLATE_FILE), 'utf8');
      expect(template)
        .to.include(`/weir/${stages[at]}/deployed/`)
        .and.not.include(`/weir/${stages[1 - at]}/`);
    }
  });
});
