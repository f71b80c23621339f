import { expect } from 'chai';
import type { Naming, Serverless, TemplateResource } from '../framework/serverless.ts';
import { boundRoles, nameVersions } from './bound-roles.ts';

describe('boundRoles', () => {
  function serviceOf(permissionsBoundary: string | undefined, stage: string, Resources = {}): Serverless {
    return {
      ...{ serviceDir: '', classes: { Error } },
      service: {
        ...{ getAllFunctions: () => [], getFunction: () => ({}), custom: { stage: { permissionsBoundary } } },
        provider: { stage, compiledCloudFormationTemplate: { Resources } },
      },
    };
  }

  function bound(permissionsBoundary: string | undefined, stage = 'production'): Record<string, TemplateResource> {
    const resources = {
      EventsRole: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
      MachineRole: { Type: 'AWS::IAM::Role', Properties: {} },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    };
    boundRoles(serviceOf(permissionsBoundary, stage, resources));
    return resources;
  }

  /** The id that the framework gives to the version of a function. */
  function versionId(permissionsBoundary: string, stage = 'production', hash = 'a1'): string {
    const naming: Naming = { getLambdaVersionLogicalId: (key, digest) => `${key}LambdaVersion${digest}` };
    nameVersions({ ...serviceOf(permissionsBoundary, stage), getProvider: () => ({ naming }) });
    return naming.getLambdaVersionLogicalId('Events', hash);
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

  it('makes another version of the same code, as one keeps the role that is made anew', () => {
    const ids = [versionId(''), versionId('most'), versionId('most', 'staging'), versionId('most', 'production', 'a2')];
    expect(new Set(ids)).to.have.property('size', ids.length);
    for (const id of ids) expect(id).to.match(/^EventsLambdaVersion./);
    expect(versionId('other')).to.equal(versionId('most'));
    for (const id of [versionId(''), versionId('most', 'local')]) expect(id).to.equal('EventsLambdaVersiona1');
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
