import { expect } from 'chai';
import { boundRoles } from './bound-roles.ts';
import type { TemplateResource } from './framework/serverless.ts';

describe('boundRoles', () => {
  interface Template {
    readonly Resources: Record<string, TemplateResource>;
    readonly Outputs?: Record<string, unknown>;
  }

  function bound(permissionsBoundary: string | undefined, stage = 'production'): Record<string, TemplateResource> {
    return boundIn(permissionsBoundary, stage, {
      Resources: {
        EventsRole: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
        MachineRole: { Type: 'AWS::IAM::Role', Properties: {} },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      },
    }).Resources;
  }

  function boundIn(permissionsBoundary: string | undefined, stage: string, template: Template): Template {
    boundRoles({
      ...{ serviceDir: '', classes: { Error } },
      service: {
        ...{ getAllFunctions: () => [], getFunction: () => ({}), custom: { stage: { permissionsBoundary } } },
        provider: { stage, compiledCloudFormationTemplate: template },
      },
    });
    return template;
  }

  it('gives every role, of functions and of others, the boundary and a path of the stage', () => {
    const PermissionsBoundary = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/org/most` };
    const { EventsRole, MachineRole, Table } = bound('org/most');
    expect(EventsRole?.Properties).to.deep.equal({ Policies: [], PermissionsBoundary, Path: '/weir/production/' });
    expect(MachineRole?.Properties).to.deep.equal({ PermissionsBoundary, Path: '/weir/production/' });
    expect(Table?.Properties).to.deep.equal({});
  });

  it('takes the first word of the stage for {set}', () => {
    const { MachineRole } = bound('weir-{set}-boundary', 'pr-17');
    expect(JSON.stringify(MachineRole)).to.include('policy/weir-pr-boundary').and.to.include('/weir/pr-17/');
  });

  it('publishes another version of the same code, as one keeps the role that is made anew', () => {
    const template = (version: string): Template => ({
      Resources: {
        [version]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Events' } } },
        Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] } } },
      },
      Outputs: { Events: { Value: { Ref: version } } },
    });
    expect(boundIn('most', 'production', template('V1'))).to.deep.equal(template('V1Bounded'));
    expect(boundIn('', 'production', template('V1'))).to.deep.equal(template('V1'));
  });

  it('gives another version another alarm: one that is up because of the version before would stop it', () => {
    const template = (end: string): Template => ({
      Resources: {
        [`EventsLambdaVersionA1${end}`]: { Type: 'AWS::Lambda::Version', Properties: {} },
        [`EventsCanaryA1${end}Alarm`]: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
        Group: {
          Type: 'AWS::CodeDeploy::DeploymentGroup',
          Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: `EventsCanaryA1${end}Alarm` } }] } },
        },
      },
    });
    expect(boundIn('most', 'production', template(''))).to.deep.equal(template('Bounded'));
  });

  it('changes nothing without a name, and nothing on one machine', () => {
    for (const resources of [bound(''), bound(undefined), bound('weir-{set}-boundary', 'local')]) {
      expect(resources.EventsRole?.Properties).to.deep.equal({ Policies: [] });
    }
  });

  it('refuses what is no name', () => {
    expect(() => bound('weir-{stage}-boundary')).to.throw(/must be the name of a managed policy$/);
    expect(() => bound('arn:aws:iam::1:policy/a')).to.throw(/must be the name/);
  });
});
