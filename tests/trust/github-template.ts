import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { propertiesOf, type Template } from '../templates/template.ts';
import type { PolicyStatement } from './evaluate-policy.ts';

export const FILE = join(import.meta.dirname, '../../deploy/github.yml');
export const ACCOUNT = '111111111111';

/** The repository that is trusted. */
export const REPOSITORY = { owner: 'shop', ownerId: '123456', name: 'weir', id: '456789' };

/** Where the template is deployed. */
export interface Place {
  readonly partition: string;
  readonly region: string;
}

const HERE: Place = { partition: 'aws', region: 'us-east-1' };

/** `deploy/github.yml` as CloudFormation resolves it for a stage. */
export interface GithubTemplate {
  readonly resources: Template['Resources'];
  readonly boundary: readonly PolicyStatement[];
  readonly boundaryArn: string;
  trustOf(role: string): readonly PolicyStatement[];
  /** Of all policies of a role. */
  statementsOf(role: string): readonly PolicyStatement[];
}

interface Document {
  readonly Statement: readonly PolicyStatement[];
}

/** Resolves the template for `stage`, which may be one that the template's parameter does not take. */
export function resolveGithub(stage: string, { partition, region }: Place = HERE): GithubTemplate {
  const template = load(readFileSync(FILE, 'utf8')) as Template;
  const set = stage.split('-')[0] ?? '';
  const boundaryArn = `arn:${partition}:iam::${ACCOUNT}:policy/weir-${set}-boundary`;
  const values: Values = {
    ...{ 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': ACCOUNT, Stage: stage },
    ...{ Owner: REPOSITORY.owner, OwnerId: REPOSITORY.ownerId, Repository: REPOSITORY.name },
    ...{ RepositoryId: REPOSITORY.id, Branch: 'main', Boundary: boundaryArn, RedisSecretArn: '' },
  };
  const isPreview = stage.startsWith('pr-');
  const conditions = {
    IsPreview: isPreview,
    IsStage: !isPreview,
    IsProduction: stage === 'production',
    HasRedisSecret: false,
  };
  const made = Object.entries(template.Resources).filter(
    ([, { Condition = '' }]) => conditions[Condition as keyof typeof conditions] ?? true,
  );
  const resources = resolveValue(Object.fromEntries(made), values, conditions) as Template['Resources'];
  const documentOf = (id: string) => (propertiesOf({ Resources: resources }, id).PolicyDocument as Document).Statement;
  return {
    ...{ resources, boundaryArn, boundary: documentOf('Boundary') },
    trustOf: (role) => (propertiesOf({ Resources: resources }, role).AssumeRolePolicyDocument as Document).Statement,
    statementsOf: (role) => {
      const { ManagedPolicyArns = [], Policies = [] } = propertiesOf({ Resources: resources }, role) as {
        readonly ManagedPolicyArns?: readonly string[];
        readonly Policies?: readonly { readonly PolicyDocument: Document }[];
      };
      return [...ManagedPolicyArns.flatMap(documentOf), ...Policies.flatMap((one) => one.PolicyDocument.Statement)];
    },
  };
}

type Values = Readonly<Record<string, string>>;
type Conditions = Readonly<Record<string, boolean>>;

/** A reference to a resource is its logical id. */
function resolveValue(value: unknown, values: Values, conditions: Conditions): unknown {
  const resolve = (inner: unknown) => resolveValue(inner, values, conditions);
  if (Array.isArray(value)) return value.map(resolve).filter((inner) => inner !== 'AWS::NoValue');
  if (typeof value !== 'object' || value === null) return value;
  const [[name, inner] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (name === 'Ref') return values[inner as string] ?? inner;
    if (name === 'Fn::Sub') return substitute(inner, values, resolve);
    if (name === 'Fn::If') return resolve(conditions[inner[0]] ? inner[1] : inner[2]);
    if (name === 'Fn::Split') return (resolve(inner[1]) as string).split(inner[0]);
    if (name === 'Fn::Select') return (resolve(inner[1]) as unknown[])[inner[0]];
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
}

function substitute(given: unknown, values: Values, resolve: (value: unknown) => unknown): string {
  const [text, own] = Array.isArray(given) ? [given[0], resolve(given[1])] : [given, {}];
  const all = { ...values, ...(own as Values) };
  return (text as string).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = all[name];
    if (value === undefined) throw new Error(`the template has no ${name}`);
    return value;
  });
}
