import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { TemplateResource } from './framework/serverless.ts';
import { recordDeployment } from './record-deployment.ts';

describe('recordDeployment', () => {
  let serviceDir: string;

  beforeEach(() => {
    serviceDir = mkdtempSync(join(tmpdir(), 'weir-service-'));
  });
  afterEach(() => rmSync(serviceDir, { recursive: true }));

  const git = (...args: string[]) => execFileSync('git', args, { cwd: serviceDir, encoding: 'utf8' }).trim();

  function record(stage: string): Readonly<Record<string, unknown>> | undefined {
    const Resources: Record<string, TemplateResource> = {};
    recordDeployment({
      serviceDir,
      classes: { Error },
      service: {
        ...{ service: 'weir-api', getAllFunctions: () => [], getFunction: () => ({}) },
        provider: { stage, compiledCloudFormationTemplate: { Resources } },
      },
    });
    return Resources.DeployedCommit?.Properties;
  }

  it('adds the commit to the template, and says if the checkout has changed since', () => {
    writeFileSync(join(serviceDir, 'a.txt'), '1');
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'a');
    const commit = git('rev-parse', 'HEAD');
    expect(record('production')).to.include({ Name: '/weir/production/deployed/api', Value: commit });
    writeFileSync(join(serviceDir, 'a.txt'), '2');
    expect(record('production')).to.include({ Value: `${commit}+changes` });
  });

  it('says that nobody knows the commit, where there is no repository', () => {
    expect(record('production')).to.include({ Value: 'unknown' });
  });

  it('adds nothing on a machine', () => {
    expect(record('local')).to.equal(undefined);
  });
});
