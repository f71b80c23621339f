import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { allZipsLine, comparisonTable, differingZips, hashesTable, zipHashes } from './zip-hashes.ts';

describe('the hashes of zips', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-zips-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** An artifact of the service api. */
  function artifact(stage: string, zips: Readonly<Record<string, string>>, folder = stage): string {
    const dir = join(root, folder);
    mkdirSync(dir);
    const artifactDirectoryName = `serverless/weir-api/${stage}/1796040884392-2026-11-30T12:14:44.392Z`;
    writeFileSync(join(dir, 'serverless-state.json'), JSON.stringify({ package: { artifactDirectoryName } }));
    for (const [name, text] of Object.entries(zips)) writeFileSync(join(dir, name), text);
    return dir;
  }

  it('are one for each zip and stage', async () => {
    const dir = artifact('staging', { 'events.zip': 'a' });
    const hashes = await zipHashes([dir]);
    const hash = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    expect(hashes).to.deep.equal([{ dir, service: 'api', stage: 'staging', zip: 'events.zip', hash }]);
    expect(hashesTable('abc', hashes)).to.include(`| abc | api | events.zip | staging | ${hash} |`);
    expect(differingZips(hashes)).to.deep.equal([]);
  });

  it('tell which zips differ between stages, or are missing in one', async () => {
    const staging = artifact('staging', { 'events.zip': 'a', 'keys.zip': 'k', 'meta.zip': 'm' });
    const production = artifact('production', { 'events.zip': 'b', 'keys.zip': 'k' });
    expect(differingZips(await zipHashes([staging, production]))).to.deep.equal(['api/events.zip', 'api/meta.zip']);
  });

  it('tell which zips differ between two packagings for one stage', async () => {
    const one = artifact('staging', { 'events.zip': 'a', 'keys.zip': 'k', 'meta.zip': 'm' });
    const other = artifact('staging', { 'events.zip': 'b', 'keys.zip': 'k' }, 'other');
    const hashes = await zipHashes([one, other]);
    expect(differingZips(hashes)).to.deep.equal(['api/events.zip', 'api/meta.zip']);
    expect(comparisonTable(hashes)).to.match(/\| api\/events\.zip \| 1 times ca97\w+, 1 times \w+ \|/);
    expect(comparisonTable(hashes)).to.match(/\| api\/keys\.zip \| 2 times \w+ \|/);
  });

  it('may lack the probe of a canary in a whole stage, and in no single packaging of one', async () => {
    const zips = { 'events.zip': 'a', 'probe.zip': 'p' };
    const staging = artifact('staging', zips);
    const dirs = [artifact('dev', { 'events.zip': 'a' }), staging, artifact('production', zips)];
    expect(differingZips(await zipHashes(dirs))).to.deep.equal([]);
    const other = artifact('staging', { 'events.zip': 'a' }, 'other');
    expect(differingZips(await zipHashes([...dirs, other]))).to.deep.equal(['api/probe.zip']);
  });

  it('make one of all zips, the same for whatever stages, in any order', async () => {
    const zips = { 'events.zip': 'a', 'keys.zip': 'k' };
    const [staging, production] = [artifact('staging', zips), artifact('production', zips)];
    const line = allZipsLine(await zipHashes([staging, production]));
    expect(line).to.match(/^All zips: [0-9a-f]{64}$/);
    expect(allZipsLine((await zipHashes([production])).toReversed())).to.equal(line);
    const other = artifact('dev', { ...zips, 'keys.zip': 'other' });
    expect(allZipsLine(await zipHashes([other]))).not.to.equal(line);
  });

  it('are refused of a directory that holds no artifact', async () => {
    const refused = await zipHashes([root]).catch((error: Error) => error.message);
    expect(refused).to.match(/has no serverless-state\.json/);
  });
});
