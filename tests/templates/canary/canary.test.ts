import { expect } from 'chai';
import { findCycle } from '../../checklist/encryption/find-cycle.ts';
import { unknownPart } from '../../grants/known-permission.ts';
import { packagedRoles } from '../../grants/packaged-roles.ts';
import { GOES } from '../deletion-rules.ts';
import { type PackagedService, packageService } from '../package-service.ts';
import { calledByApi } from '../rest-api/api-methods.ts';
import { permittedFunction, propertiesOf, resourcesOf, statementsOf, type Template, target } from '../template.ts';
import { aliasesOf, groupOf, KIND, packageCanary, STAGE } from './canary-stage.ts';

/** The functions that API Gateway calls, in the order of `custom.canary.functions`. */
const MOVED = [
  ...['Authorize', 'Keys', 'Events', 'Metrics', 'Users', 'Reports', 'Alerts', 'Webhooks', 'Addresses', 'Meta'],
].map((name) => `${name}LambdaFunction`);
/** CodeDeploy reads no more of a group. */
const MAX_ALARMS = 10;

describe('the API of a stage with a canary', function () {
  this.timeout(120_000);
  let service: PackagedService;
  let template: Template;

  before(() => {
    service = packageCanary();
    template = service.template;
  });

  it('has an alias for each function that API Gateway calls, the authorizer too', () => {
    expect([...aliasesOf(template).keys()]).to.have.members(MOVED);
    for (const { Properties } of aliasesOf(template).values()) {
      const [version] = (Properties.FunctionVersion as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
      expect(Properties.Name).to.equal('live');
      expect(propertiesOf(template, version).FunctionName).to.deep.equal(Properties.FunctionName);
    }
    expect(resourcesOf(template, 'AWS::Lambda::Version')).to.have.length(MOVED.length);
  });

  it('is called by these aliases only, and each lets it', () => {
    const called = calledByApi(template).filter((uri) => MOVED.some((id) => uri.includes(`"${id}"`)));
    expect(new Set(called.map((uri) => /"(\w+LambdaFunction)"/.exec(uri)?.[1]))).to.deep.equal(new Set(MOVED));
    for (const uri of called) expect(uri).to.match(/"live"[\]}]*,"\/invocations"/);
    const allowed = resourcesOf(template, 'AWS::Lambda::Permission').filter(([, { Properties }]) =>
      MOVED.includes(permittedFunction(template, Properties) ?? ''),
    );
    expect(allowed).to.have.length(MOVED.length);
    for (const [, { Properties }] of allowed) {
      expect(Properties.Principal).to.equal('apigateway.amazonaws.com');
      expect(JSON.stringify(Properties.FunctionName)).to.match(/"live"|LiveAlias"/);
    }
  });

  it('deploys their methods only after the aliases have moved', () => {
    const [, { DependsOn }] = resourcesOf(template, 'AWS::ApiGateway::RestApi')[0] ?? ['', {}];
    expect(DependsOn).to.include.members(MOVED.map((id) => id.replace('LambdaFunction', 'LiveAlias')));
  });

  it('moves each alias by a group of its own, with few alarms that look at the new version alone', () => {
    for (const id of MOVED) {
      const { DeploymentGroupName, DeploymentConfigName, AlarmConfiguration } = groupOf(template, id);
      const { FunctionName } = propertiesOf(template, id);
      expect(DeploymentGroupName).to.equal(FunctionName);
      expect(DeploymentConfigName).to.equal(`CodeDeployDefault.Lambda${KIND}`);
      expect(AlarmConfiguration.Enabled).to.equal(true);
      expect(AlarmConfiguration.Alarms).to.have.length.within(1, MAX_ALARMS);
      for (const { Name } of AlarmConfiguration.Alarms) {
        const text = JSON.stringify(propertiesOf(template, target(Name) ?? ''));
        const version = JSON.stringify(aliasesOf(template).get(id)?.Properties.FunctionVersion);
        expect(text).to.include(`{"Name":"Resource","Value":"${FunctionName}:live"}`);
        expect(text).to.include(`{"Name":"ExecutedVersion","Value":${version}}`);
      }
    }
    expect(resourcesOf(template, 'AWS::CodeDeploy::Application')).to.have.length(1);
  });

  it('asks people about no alarm of a version', () => {
    const [composite] = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    const canary = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(([id]) => id.includes('Canary'));
    expect(canary).to.have.length(MOVED.length);
    for (const [id, { Properties }] of canary) {
      expect(JSON.stringify(composite?.[1].Properties)).to.not.include(id);
      expect(Properties).to.not.have.property('AlarmActions');
    }
  });

  it('has no resources that wait for each other', () => {
    expect(findCycle(withPolicies(template))).to.deep.equal([]);
    const broken = withPolicies(template);
    Object.assign(broken.Resources.ProbeLambdaFunction ?? {}, { DependsOn: 'EventsLiveAlias' });
    expect(findCycle(broken)).to.include('EventsLiveAlias');
  });

  it('keeps no old version, and nothing else when it is removed', () => {
    const made = ['AWS::CodeDeploy::', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'];
    for (const [id, { Type, DeletionPolicy }] of Object.entries(template.Resources)) {
      if (!made.some((start) => Type.startsWith(start))) continue;
      expect(DeletionPolicy, id).to.equal(undefined);
      expect(GOES.has(Type), Type).to.equal(true);
    }
  });

  it('lets CodeDeploy move these aliases, ask the probe and read alarms, and no more', () => {
    const role = propertiesOf(template, 'CanaryRole');
    expect(role).to.have.all.keys('AssumeRolePolicyDocument', 'Policies');
    expect(JSON.stringify(role.AssumeRolePolicyDocument)).to.include('"aws:SourceAccount"');
    const [{ PolicyDocument }] = role.Policies as [{ PolicyDocument: { Statement: RawStatement[] } }];
    const names = MOVED.map((id) => String(propertiesOf(template, id).FunctionName));
    const seen = PolicyDocument.Statement.map(({ Action, Resource }) => [
      [Action].flat().join(' '),
      [Resource].flat().map((arn) => arn['Fn::Sub'].replace(/^.*AccountId\}:/, '')),
    ]);
    expect(seen).to.deep.equal([
      ['lambda:GetAlias lambda:UpdateAlias', names.map((name) => `function:${name}`)],
      ['lambda:GetProvisionedConcurrencyConfig', names.map((name) => `function:${name}:live`)],
      ['lambda:InvokeFunction', [`function:weir-api-${STAGE}-probe`]],
      ['cloudwatch:DescribeAlarms', ['alarm:*']],
    ]);
  });

  it('lets the probe read deployments of this stage, report, and invoke versions of these functions', () => {
    const own = statementsOf(template, 'ProbeLambdaFunction').filter(({ actions }) =>
      actions.some((action) => /^(codedeploy|lambda):/.test(action)),
    );
    const seen = own.map(({ actions, resources }) => [
      actions.join(' '),
      resources.map((arn) => (arn as Arn)['Fn::Sub'].replace(/^.*AccountId\}:/, '')),
    ]);
    expect(seen).to.deep.equal([
      [
        'codedeploy:GetDeployment codedeploy:PutLifecycleEventHookExecutionStatus',
        [`deploymentgroup:weir-api-${STAGE}/*`],
      ],
      ['codedeploy:GetApplicationRevision', [`application:weir-api-${STAGE}`]],
      ['lambda:InvokeFunction', MOVED.map((id) => `function:${propertiesOf(template, id).FunctionName}:*`)],
    ]);
    expect(propertiesOf(template, 'CanaryApplication').ApplicationName).to.equal(`weir-api-${STAGE}`);
  });

  it('grants what exists', async () => {
    const grants = packagedRoles([service], STAGE).flatMap(({ policy }) => policy?.grants ?? []);
    const own = grants.filter(({ action }) => /^(codedeploy|lambda|cloudwatch):/.test(action));
    expect(own).to.not.have.length(0);
    const problems = await Promise.all(own.map(({ action, resource }) => unknownPart({ action, resource })));
    expect([...new Set(problems)]).to.deep.equal([undefined]);
  });

  it('runs the same zips as a stage without one, which has no probe, no version and no alias', () => {
    const plain = packageService('api', STAGE, ['canary=none']);
    const { 'probe.zip': probe, ...others } = service.zips;
    expect(probe).to.have.any.keys(...Object.keys(probe ?? {}));
    expect(others).to.deep.equal(plain.zips);
    const ids = Object.entries(plain.template.Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(ids.filter((id) => /Canary|Probe|CodeDeploy|Lambda::(Alias|Version)/.test(id))).to.deep.equal([]);
  });
});

interface Arn {
  readonly 'Fn::Sub': string;
}

interface RawStatement {
  readonly Action: string | string[];
  readonly Resource: Arn | Arn[];
}

/** A copy in which what an update policy names counts as a property: CloudFormation waits for that as well. */
function withPolicies(template: Template): Template {
  const copy = structuredClone(template);
  for (const { Properties, UpdatePolicy } of Object.values(copy.Resources)) {
    if (UpdatePolicy) Object.assign(Properties, { UpdatePolicy });
  }
  return copy;
}
