import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SERVICES } from '../changes/services-to-deploy.ts';
import { createFakeStage } from '../testing/fake-stage.ts';
import { deployStage } from './deploy-stage.ts';
import { stackName } from './remove-stage.ts';

const STAGE = 'pr-17-3fa9c2';
const DEPLOYED = SERVICES.map((service) => `deploy ${stackName(service, STAGE)}`);
const REMOVED = SERVICES.toReversed().map((service) => `remove ${stackName(service, STAGE)}`);

describe('the deployment of a stage', () => {
  let artifacts: string;

  before(() => {
    artifacts = mkdtempSync(join(tmpdir(), 'weir-artifacts-'));
    for (const service of SERVICES) {
      mkdirSync(join(artifacts, service));
      const artifactDirectoryName = `serverless/weir-${service}/${STAGE}/1-2026`;
      const state = JSON.stringify({ package: { artifactDirectoryName } });
      writeFileSync(join(artifacts, service, 'serverless-state.json'), state);
    }
  });
  after(() => rmSync(artifacts, { recursive: true }));

  const deploy = ({ deps }: ReturnType<typeof createFakeStage>, anew = true) =>
    deployStage({ ...deps, now: () => 0 }, { artifacts, stage: STAGE, region: 'us-east-1', anew }).then(
      () => undefined,
      (error: Error) => error.message,
    );

  it('deploys owners before those who use their resources', async () => {
    const fake = createFakeStage(STAGE, {});
    expect(await deploy(fake)).to.equal(undefined);
    expect(fake.calls).to.deep.equal(DEPLOYED);
  });

  it('goes no further than the first that fails', async () => {
    const fake = createFakeStage(STAGE, { failing: new Set(['reports']) });
    expect(await deploy(fake)).to.match(/^weir-reports-pr-17-3fa9c2 is not deployed/);
    expect(fake.calls).to.deep.equal(DEPLOYED.slice(0, 2));
  });

  it('goes on with a stage whose first deployment ended half-way', async () => {
    const fake = createFakeStage(STAGE, {});
    fake.statuses.delete(stackName('api', STAGE));
    fake.statuses.set(stackName('reports', STAGE), ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE']);
    expect(await deploy(fake)).to.equal(undefined);
    expect(fake.calls).to.deep.equal(['wait 10000', ...DEPLOYED]);
  });

  for (const status of ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED']) {
    it(`makes a stage anew of which a stack is ${status}, as CloudFormation cannot update it`, async () => {
      const fake = createFakeStage(STAGE, {});
      fake.statuses.set(stackName('reports', STAGE), [status]);
      expect(await deploy(fake)).to.equal(undefined);
      expect(fake.calls).to.deep.equal([...REMOVED, 'wait 60000', ...DEPLOYED]);
    });
  }

  it('removes nothing unless it is told to', async () => {
    const fake = createFakeStage(STAGE, {});
    fake.statuses.set(stackName('reports', STAGE), ['UPDATE_ROLLBACK_FAILED']);
    expect(await deploy(fake, false)).to.match(/^CloudFormation cannot update weir-reports-pr-17-3fa9c2: .*--anew$/);
    expect(fake.calls).to.deep.equal([]);
  });

  it('never removes data that a stage keeps', async () => {
    const fake = createFakeStage(STAGE, { kept: ['EventStream'] });
    fake.statuses.set(stackName('reports', STAGE), ['UPDATE_ROLLBACK_FAILED']);
    expect(await deploy(fake)).to.match(/keeps data/);
    expect(fake.calls).to.deep.equal([]);
  });
});
