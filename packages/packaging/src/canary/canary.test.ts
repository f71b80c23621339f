import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Serverless, ServiceFunction, TemplateResource } from '../framework/serverless.ts';
import { addCanary } from './add-canary.ts';
import { CANARIES } from './canary-plan.ts';
import { pointAtAliases, prepareProbe } from './prepare-canary.ts';

const KIND = 'Linear10PercentEvery1Minute';
const RUNBOOK = 'runbooks/api.md#canaryalarm';
/** What a deployment needs beside its canary. */
const OTHER_MINUTES = 30;
/** Minutes of the one step, or of each of ten. */
const MINUTES = /^Canary10Percent(\d+)Minutes$|^Linear10PercentEvery(\d+)Minutes?$/;

describe('a canary', () => {
  it('is for the functions that the service names', () => {
    const { serverless, functions } = serviceWith(KIND);
    pointAtAliases(serverless);
    expect(functions.keys).to.deep.include({
      versionFunction: true,
      targetAlias: { name: 'live', logicalId: 'KeysLiveAlias' },
    });
    expect(functions.authorize).to.have.nested.property('targetAlias.logicalId', 'AuthorizeLiveAlias');
    for (const key of ['meta', 'probe']) expect(functions[key]).to.not.have.any.keys('versionFunction', 'targetAlias');
  });

  it('has CloudFormation delete a version that no call reaches, and watches each version by an alarm of its own', () => {
    const { serverless, resources, outputs } = serviceWith(KIND);
    addCanary(serverless);
    expect(outputs).to.have.all.keys('ServiceEndpoint');
    expect(resources.KeysLambdaVersionA1).to.deep.equal({ Type: 'AWS::Lambda::Version', Properties: {} });
    expect(resources.KeysCanaryAlarmA1)
      .to.have.nested.property('Properties.AlarmDescription')
      .that.matches(/ Runbook: runbooks\/api.md#canaryalarm$/);
    expect(resources.KeysCanaryGroup)
      .to.have.nested.property('Properties.DeploymentConfigName')
      .that.matches(/Linear/);
    expect(resources.KeysLiveAlias?.DependsOn).to.deep.equal(['KeysCanaryGroup', 'ProbeLambdaFunction']);
  });

  it('is nothing at all with the kind none', () => {
    const { serverless, functions, resources } = serviceWith('none');
    prepareProbe(serverless);
    pointAtAliases(serverless);
    addCanary(serverless);
    expect(functions).to.have.all.keys('authorize', 'keys', 'meta');
    expect(functions.keys).to.not.have.property('targetAlias');
    expect(resources).to.have.all.keys('AuthorizeLambdaVersionB2', 'KeysLambdaVersionA1');
    expect(resources.KeysLambdaVersionA1).to.have.property('DeletionPolicy', 'Retain');
  });

  it('ends, and goes back in the same steps, before the credentials of CI end', () => {
    const file = join(import.meta.dirname, '../../../../.github/workflows/deploy-stage.yml');
    const [, seconds] = /role-duration-seconds: (\d+)/.exec(readFileSync(file, 'utf8')) ?? [];
    const slowest = Math.max(...CANARIES.map(minutesOf));
    expect(slowest).to.equal(30);
    expect(Number(seconds) / 60).to.be.at.least(2 * slowest + OTHER_MINUTES);
  });

  describe('is refused with provisioned concurrency', () => {
    it('of a function', () => {
      const { serverless, functions } = serviceWith(KIND);
      Object.assign(functions.keys ?? {}, { provisionedConcurrency: 1 });
      expect(() => pointAtAliases(serverless)).to.throw(/^keys cannot have provisioned concurrency and a canary/);
    });

    it('by a schedule', () => {
      const Properties = { ScalableDimension: 'lambda:function:ProvisionedConcurrency' };
      const Scaled = { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties };
      const { serverless } = serviceWith(KIND, { Scaled });
      expect(() => pointAtAliases(serverless)).to.throw(/^Scaled cannot have provisioned concurrency and a canary/);
    });

    it('and taken without a canary', () => {
      const { serverless, functions } = serviceWith('none');
      Object.assign(functions.keys ?? {}, { provisionedConcurrency: 1 });
      expect(() => pointAtAliases(serverless)).not.to.throw();
    });
  });
});

/** From the first call of a new version until it has all. */
function minutesOf(kind: string): number {
  const [, canary = 0, linear = 0] = MINUTES.exec(kind) ?? [];
  return Number(canary) || 9 * Number(linear);
}

/** A service with an authorizer, a function behind a route, the probe, and a function without a canary. */
function serviceWith(kind: string, Resources: Record<string, TemplateResource> = {}) {
  const functions: Record<string, ServiceFunction> = {
    authorize: { name: 'weir-api-staging-authorize', versionLogicalId: 'AuthorizeLambdaVersionB2', events: [] },
    keys: {
      name: 'weir-api-staging-keys',
      versionLogicalId: 'KeysLambdaVersionA1',
      events: [{ http: { method: 'get', path: 'v1/keys' } }],
    },
    meta: { name: 'weir-api-staging-meta', events: [{ http: { method: 'get', path: 'v1/health' } }] },
    probe: { name: 'weir-api-staging-probe' },
  };
  const version = () => ({ Type: 'AWS::Lambda::Version', DeletionPolicy: 'Retain', Properties: {} });
  const resources: Record<string, TemplateResource> = {
    AuthorizeLambdaVersionB2: version(),
    KeysLambdaVersionA1: version(),
  };
  const outputs: Record<string, unknown> = { KeysLambdaFunctionQualifiedArn: {}, ServiceEndpoint: {} };
  const serverless: Serverless = {
    serviceDir: '',
    classes: { Error },
    service: {
      ...{ service: 'weir-api', functions, resources: [{ Resources }] },
      custom: { canary: { kind, probe: 'probe', functions: ['authorize', 'keys'], runbook: RUNBOOK } },
      provider: { stage: 'staging', compiledCloudFormationTemplate: { Resources: resources, Outputs: outputs } },
      getAllFunctions: () => Object.keys(functions),
      getFunction: (key) => functions[key] ?? {},
    },
  };
  return { serverless, functions, resources, outputs };
}
