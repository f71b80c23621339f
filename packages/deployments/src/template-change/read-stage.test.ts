import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readStage } from './read-stage.ts';

describe('a packaged stage', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-stage-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('has the template of each service', async () => {
    mkdirSync(join(dir, 'api'));
    mkdirSync(join(dir, 'empty'));
    writeFileSync(join(dir, 'api/cloudformation-template-update-stack.json'), '{ "Resources": {} }');
    expect([...(await readStage(dir))]).to.deep.equal([['api', { Resources: {} }]]);
  });

  it('is told from any other directory', async () => {
    for (const other of [dir, join(dir, 'none')]) {
      const error = await readStage(other).catch((thrown: Error) => thrown);
      expect((error as Error).message)
        .to.include(other)
        .and.include('package-stages');
    }
  });
});
