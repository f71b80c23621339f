import { setTimeout as sleep } from 'node:timers/promises';
import type { LambdaInstance } from '@weir/local/lambda';
import { expect } from 'chai';
import { type CodeDeployServer, startCodeDeploy } from './code-deploy-server.ts';
import { type InvokeServer, startInvokeServer } from './invoke-server.ts';
import { type PackagedStage, STAGE, startPackagedStage } from './packaged-stage.ts';
import { startXrayDaemon, type XrayDaemon } from './xray-daemon.ts';

const VERSION = '7';
const TRIED = ['authorize', 'events', 'metrics'];

/** The hook as it is deployed asks CodeDeploy, and tries each function as it is deployed. */
describe('the packaged probe', function () {
  this.timeout(240_000);
  let stage: PackagedStage;
  let daemon: XrayDaemon;
  let codeDeploy: CodeDeployServer;
  let lambda: InvokeServer;
  let probe: LambdaInstance;
  let invoked: string[] = [];
  let isBroken = false;

  before(async () => {
    daemon = await startXrayDaemon();
    stage = await startPackagedStage({ AWS_XRAY_DAEMON_ADDRESS: daemon.address });
    codeDeploy = await startCodeDeploy(VERSION);
    lambda = await startInvokeServer((name, event, version) => {
      invoked.push(`${name}:${version}`);
      return isBroken ? Promise.reject(new Error('the runtime exited')) : stage.invoke(name, event);
    });
    probe = stage.start('probe', { AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.url, AWS_ENDPOINT_URL_LAMBDA: lambda.url });
  });

  after(async () => {
    await stage?.close();
    daemon?.close();
    codeDeploy?.close();
    lambda?.close();
  });

  async function report(key: string): Promise<string | undefined> {
    invoked = [];
    const DeploymentId = `weir-api-${STAGE}-${key}`;
    await probe.invoke({ DeploymentId, LifecycleEventHookExecutionId: 'e-1' });
    return codeDeploy.reports.get(DeploymentId);
  }

  for (const key of TRIED) {
    it(`finds that ${key} works, by its new version`, async () => {
      expect(await report(key)).to.equal('Succeeded');
      expect([...new Set(invoked)]).to.deep.equal([`weir-api-${STAGE}-${key}:${VERSION}`]);
    });
  }

  it('finds that a version does not even start', async () => {
    isBroken = true;
    expect(await report('metrics')).to.equal('Failed');
  });

  it('annotates the trace of each call with its outcome', async () => {
    const outcomes = () =>
      daemon
        .calls()
        .get(`weir-api-${STAGE}-probe`)
        ?.map(({ outcome }) => outcome) ?? [];
    for (let tries = 0; outcomes().length <= TRIED.length && tries < 100; tries++) await sleep(20);
    expect(outcomes()).to.deep.equal([...TRIED.map(() => 'done'), 'error']);
  });
});
