import { expect } from 'chai';
import sinon from 'sinon';
import type { TemplateResource } from './framework/serverless.ts';
import { PackagingPlugin } from './packaging-plugin.ts';
import { stageWith } from './testing/stage-with.ts';

describe('PackagingPlugin', () => {
  afterEach(() => sinon.restore());

  it('removes the role that all functions would share', () => {
    const resources: Record<string, TemplateResource> = {
      IamRoleLambdaExecution: { Type: 'AWS::IAM::Role' },
      ConsumeLambdaFunction: functionWith('ConsumeIamRoleLambdaExecution'),
      ConsumeIamRoleLambdaExecution: { Type: 'AWS::IAM::Role' },
    };
    run(resources, 'before:package:finalize');
    expect(resources).to.have.all.keys('ConsumeLambdaFunction', 'ConsumeIamRoleLambdaExecution');
  });

  it('refuses to package a function without a role of its own, and names it', () => {
    const resources = {
      IamRoleLambdaExecution: { Type: 'AWS::IAM::Role' },
      SweepLambdaFunction: functionWith('IamRoleLambdaExecution'),
    };
    expect(() => run(resources, 'before:package:finalize')).to.throw(/^SweepLambdaFunction would run under/);
  });

  it('leaves the names of roles to CloudFormation, and takes from them what nothing uses', () => {
    const statement = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
    const roleOf = (...Statement: object[]) => ({ Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }] });
    const given = roleOf(
      statement(['logs:CreateLogStream', 'logs:CreateLogGroup']),
      statement(['kinesis:GetRecords', 'kinesis:ListStreams']),
      statement('kms:Decrypt'),
    );
    const resources: Record<string, TemplateResource> = {
      ConsumeIamRoleLambdaExecution: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'weir', ...given } },
    };
    run(resources, 'before:package:finalize');
    expect(resources.ConsumeIamRoleLambdaExecution?.Properties).to.deep.equal(
      roleOf(statement(['logs:CreateLogStream']), statement(['kinesis:GetRecords']), statement('kms:Decrypt')),
    );
  });

  it('closes the method for all others once it answers preflights', () => {
    const mock = (HttpMethod: string, StatusCode: string): TemplateResource => {
      const RequestTemplates = { 'application/json': `{"statusCode":${StatusCode}}` };
      const Integration = { Type: 'MOCK', RequestTemplates, IntegrationResponses: [{ StatusCode }] };
      const Properties = { HttpMethod, ResourceId: 'things', MethodResponses: [], Integration };
      return { Type: 'AWS::ApiGateway::Method', Properties };
    };
    const resources = { Any: mock('ANY', '405'), Options: mock('OPTIONS', '200') };
    run(resources, 'before:package:finalize');
    expect(resources).to.have.all.keys('Any');
    const { Integration } = resources.Any.Properties as { Integration: { RequestTemplates: object } };
    expect(Integration).to.include({ PassthroughBehavior: 'NEVER' });
    expect(JSON.stringify(Integration.RequestTemplates)).to.include('OPTIONS');
  });

  it('points the stage at the deployment once the service’s own resources are in the template', () => {
    const resources: Record<string, TemplateResource> = {
      Deployment1: { Type: 'AWS::ApiGateway::Deployment', Properties: { StageName: 'production' } },
      Stage: stageWith({ ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 }),
    };
    run(resources, 'before:package:finalize');
    expect(resources.Stage?.Properties).to.not.have.property('DeploymentId');
    run(resources, 'after:aws:package:finalize:mergeCustomProviderResources');
    expect(resources.Stage?.Properties).to.deep.include({ DeploymentId: { Ref: 'Deployment1' } });
  });

  it('folds the API into one document before its deployment is tied to what is left', () => {
    const RestApiId = { Ref: 'Api' };
    const resources: Record<string, TemplateResource> = {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'production-things' } },
      Path: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId, ParentId: RestApiId, PathPart: 'things' } },
      Deployment1: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId }, DependsOn: ['Path'] },
      Stage: stageWith({ ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 }),
    };
    run(resources, 'after:aws:package:finalize:mergeCustomProviderResources');
    expect(resources).to.have.all.keys('Api', 'Deployment1', 'Stage');
    expect(resources.Deployment1?.DependsOn).to.deep.equal([]);
    expect(resources.Api?.Properties).to.have.nested.property('Body.info.title', 'production-things');
  });

  it('refuses to deploy the stage of one machine', () => {
    expect(() => run({}, 'before:deploy:deploy', 'local')).to.throw(/^The stage "local" is for one machine/);
  });

  it('deploys any other stage', () => {
    expect(() => run({}, 'before:deploy:deploy')).not.to.throw();
  });

  it('ends the process once a failure was reported, though a failed build keeps it alive', () => {
    const clock = sinon.useFakeTimers();
    const exit = sinon.stub(process, 'exit');
    const before = process.exitCode;
    try {
      run({}, 'error');
      clock.tick(1_000);
      expect(exit.called).to.equal(false);
      process.exitCode = 1;
      clock.tick(100);
      expect(exit.called).to.equal(true);
    } finally {
      process.exitCode = before;
    }
  });
});

function functionWith(role: string): TemplateResource {
  return { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [role, 'Arn'] } } };
}

function run(Resources: Record<string, TemplateResource>, hook: string, stage = 'production'): void {
  const provider = { stage, compiledCloudFormationTemplate: { Resources } };
  const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
  const getProvider = () => ({ naming: { getLambdaVersionLogicalId: (key: string) => key } });
  new PackagingPlugin({ serviceDir: '', service, classes: { Error }, getProvider }).hooks[hook]?.();
}
