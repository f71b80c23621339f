import { expect } from 'chai';
import { checkChange } from '../../packages/deployments/src/template-change/check-change.ts';
import { packagedRoles } from '../grants/packaged-roles.ts';
import { packageService, serviceNames } from '../templates/package-service.ts';
import { resourcesOf, type Template } from '../templates/template.ts';
import { UNTAGGED_API } from '../trust/calls/needed-calls.ts';
import { OPTIONAL_CALLS } from '../trust/calls/optional-calls.ts';
import { isAllowed } from '../trust/evaluate-policy.ts';
import { ACCOUNT, type GithubTemplate, resolveGithub } from '../trust/github-template.ts';
import {
  asStage,
  isReading,
  requestsOf,
  type TemplateRequest,
  unknownTypes,
  withoutStageOnly,
} from '../trust/template-requests.ts';

import { checkedTemplates } from './checked-templates.ts';

/** A stage, the role that deploys it, and what `deploy/github.yml` is deployed with. */
const STAGES = [
  { stage: 'staging', given: 'staging', role: 'DeployRole' },
  { stage: 'production', given: 'production', role: 'DeployRole' },
  { stage: 'pr-17-3fa9c2', given: 'pr-*', role: 'PreviewRole' },
] as const;

/** An API that is imported has no tag yet, so any role may make one: a new one, and not the other stage's. */
const NEW_API = `apigateway on ${UNTAGGED_API}`;
/** What has nothing of a stage in its name: what takes no name, a role of AWS' own, and the domain that sends mail. */
const SHARED = [
  'backup-storage on *',
  `iam on arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
  `ses on arn:aws:ses:us-east-1:${ACCOUNT}:identity/mail.shop.example`,
];

type Stage = (typeof STAGES)[number];

/** What CloudFormation asks to deploy all services of a stage. */
function requestsFor({ stage, given }: Stage): readonly TemplateRequest[] {
  const { boundaryArn } = resolveGithub(given);
  return Object.entries(checkedTemplates()).flatMap(([service, production]) => {
    const named = asStage(production, stage);
    const template = given === 'pr-*' ? withoutStageOnly(named) : named;
    return requestsOf({ service, stage, template, boundaryArn });
  });
}

function linesOf(requests: readonly TemplateRequest[]): readonly string[] {
  return requests.map(({ of, action, resource }) => `${of}: ${action} on ${resource}`);
}

function rolesOf(template: Template): readonly (readonly [string, object])[] {
  return resourcesOf(template, 'AWS::IAM::Role').map(([id, { Properties }]) => [id, Properties] as const);
}

describe('the checklist: roles of the workflows', () => {
  const github = new Map<string, GithubTemplate>(STAGES.map(({ given }) => [given, resolveGithub(given)]));
  const may = ({ given, role }: Stage, request: TemplateRequest) =>
    isAllowed(github.get(given)?.statementsOf(role) ?? [], request);

  it('know the calls for each type of the templates', () => {
    expect([...new Set(Object.values(checkedTemplates()).flatMap(unknownTypes))]).to.deep.equal([]);
  });

  for (const stage of STAGES) {
    it(`let ${stage.role} make, change and remove every resource of ${stage.stage}`, () => {
      const requests = requestsFor(stage);
      expect(requests).to.have.lengthOf.above(1000);
      expect(linesOf(requests.filter((request) => !may(stage, request)))).to.deep.equal([]);
    });

    for (const other of STAGES.filter((one) => one !== stage)) {
      it(`keep ${stage.role} of ${stage.stage} away from ${other.stage}`, () => {
        const allowed = requestsFor(other).filter((request) => !isReading(request) && may(stage, request));
        const resources = new Set(allowed.map(({ action, resource }) => `${action.split(':')[0]} on ${resource}`));
        const shared = stage.given === 'pr-*' || other.given === 'pr-*' ? [] : SHARED;
        expect([...resources].toSorted()).to.deep.equal([NEW_API, ...shared]);
      });
    }

    it(`let ${stage.role} of ${stage.stage} change no API without the tag of the stage`, () => {
      for (const action of ['DELETE', 'PATCH', 'POST', 'PUT']) {
        const call = { of: 'api', action: `apigateway:${action}`, resource: `${UNTAGGED_API}/a1` };
        const context = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
        expect(may(stage, { ...call, context }), action).to.equal(false);
        const tagged = { ...context, 'aws:ResourceTag/weir:stage': stage.stage };
        expect(may(stage, { ...call, context: tagged }), action).to.equal(true);
      }
    });

    it(`let ${stage.role} of ${stage.stage} change nothing but by CloudFormation`, () => {
      const direct = requestsFor(stage).map((request) => ({
        ...request,
        context: { ...request.context, 'aws:CalledVia': [] },
      }));
      const changing = direct.filter(
        (request) => may(stage, request) && !/:(Describe|Get|GET|List)/.test(request.action),
      );
      expect([...new Set(changing.map(({ action }) => action))].toSorted()).to.deep.equal([
        'dynamodb:UpdateTable',
        ...(stage.given === 'pr-*' ? [] : ['iam:CreateServiceLinkedRole']),
        'iam:PassRole',
        // It reads the first key, and empties buckets.
        ...(stage.given === 'pr-*' ? ['kms:Decrypt', 's3:PutBucketPolicy'] : []),
      ]);
    });
  }

  it('let what only some stages have be made there, and not in previews', () => {
    const types = Object.keys(OPTIONAL_CALLS);
    const Resources = Object.fromEntries(types.map((Type) => [Type.replaceAll('::', ''), { Type, Properties: {} }]));
    for (const stage of STAGES) {
      const boundaryArn = github.get(stage.given)?.boundaryArn ?? '';
      const requests = requestsOf({ service: 'api', stage: stage.stage, template: { Resources }, boundaryArn });
      const refused = requests.filter((request) => !may(stage, request));
      if (stage.given !== 'pr-*') expect(linesOf(refused)).to.deep.equal([]);
      else expect(refused.map(({ of }) => of)).to.include.members(['api AWSEC2VPC', 'api AWSElastiCacheUser']);
    }
  });

  it('make roles with the boundary, and publish versions again that would keep the roles before', () => {
    const plain = packageService('api', 'production').template;
    const bounded = packageService('api', 'production', ['permissionsBoundary=weir-{set}-boundary']).template;
    const policy = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/weir-production-boundary`;
    const bounds = { PermissionsBoundary: { 'Fn::Sub': policy }, Path: '/weir/production/' };
    const expected = rolesOf(plain).map(([id, properties]) => [id, { ...properties, ...bounds }]);
    expect(rolesOf(bounded)).to.deep.equal(expected);
    expect(checkChange(plain, bounded)).to.deep.equal([]);
  });

  it('make roles that may do, within the boundary, whatever their statements say', () => {
    const services = serviceNames().map((name) => packageService(name, 'production'));
    // The packaged roles come under the names of the stage of one machine.
    const { boundary } = resolveGithub('local');
    const grants = packagedRoles(services, 'production').flatMap(({ name, policy }) =>
      (policy?.grants ?? [])
        .filter(({ effect }) => effect === 'Allow')
        .map(({ action, resource }) => ({ name, action, resource: resource.replace(/:\d{12}:/, `:${ACCOUNT}:`) })),
    );
    expect(grants).to.have.lengthOf.above(100);
    const outside = grants.filter((grant) => !isAllowed(boundary, grant));
    expect(outside.map(({ name, action, resource }) => `${name}: ${action} on ${resource}`)).to.deep.equal([]);
  });
});
