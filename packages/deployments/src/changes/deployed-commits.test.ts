import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SERVICES } from './services-to-deploy.ts';

const SCRIPT = join(import.meta.dirname, 'deployed-commits.sh');

describe('deployed-commits.sh', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-aws-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  /** An AWS CLI that answers by the parameter's name, the fourth word. */
  function run(cases: string): ReturnType<typeof spawnSync> {
    writeFileSync(join(dir, 'aws'), `#!/bin/sh\ncase "$4" in\n${cases}\nesac\n`);
    chmodSync(join(dir, 'aws'), 0o755);
    return spawnSync('sh', [SCRIPT, 'staging'], { env: { PATH: `${dir}:${process.env.PATH}` }, encoding: 'utf8' });
  }

  const missing = "echo 'An error occurred (ParameterNotFound) when calling GetParameter' >&2; exit 254";

  it('prints the commit of each service that was deployed', () => {
    const { stdout } = run(
      `/weir/staging/deployed/api) echo abc ;;\n/weir/staging/deployed/reports) echo def+changes ;;\n*) ${missing} ;;`,
    );
    expect(JSON.parse(`${stdout}`)).to.deep.equal({ reports: 'def+changes', api: 'abc' });
  });

  it('prints an empty object of a stage that was never deployed', () => {
    expect(`${run(`*) ${missing} ;;`).stdout}`).to.equal('{}\n');
  });

  it('fails if it may not ask: a service would be deployed for nothing, or the wrong one', () => {
    const { status, stderr } = run("*) echo 'An error occurred (AccessDeniedException)' >&2; exit 254 ;;");
    expect(status).to.equal(1);
    expect(stderr).to.include('AccessDenied');
  });

  it('asks for every service', () => {
    const commits = JSON.parse(`${run('*) echo abc ;;').stdout}`);
    expect(Object.keys(commits)).to.deep.equal(SERVICES);
  });
});
