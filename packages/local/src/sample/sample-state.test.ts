import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newLoad, planSample, rememberLoad, storeExists } from './sample-state.ts';

describe('the folder of the state', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('gets the sample when it is empty, once', () => {
    const file = join(dir, 'data', 'sample.json');
    expect(storeExists(join(dir, 'data'))).to.equal(false);
    const plan = planSample(file, false, 1_000);
    expect(plan.outcome).to.equal('load');
    rememberLoad(file, { ...newLoad(1_000), complete: true });
    expect(existsSync(file)).to.equal(true);
    expect(storeExists(join(dir, 'data'))).to.equal(true);
    expect(planSample(file, true, 2_000)).to.deep.equal({ outcome: 'loaded' });
  });

  it('gets an interrupted loading again with the same ids, while those are recognised', () => {
    const file = join(dir, 'sample.json');
    const load = newLoad(1_000);
    rememberLoad(file, load);
    expect(planSample(file, true, 2_000)).to.deep.equal({ outcome: 'resume', load });
    expect(planSample(file, true, 3_600_000)).to.deep.equal({ outcome: 'cut-off' });
  });

  it('leaves it to the API whether a store without a sample holds anything', () => {
    expect(planSample(join(dir, 'sample.json'), true, 1)).to.deep.equal({ outcome: 'ask' });
  });
});
