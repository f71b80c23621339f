import type { Serverless, TemplateResource } from './framework/serverless.ts';

const SHARED_ROLE = 'IamRoleLambdaExecution';

/**
 * What serverless-iam-roles-per-function grants and nothing uses. A role that may create its log group makes it anew
 * when the stack is gone, and then the stack cannot be made again; listing streams knows no single stream.
 */
const NEEDLESS = new Set(['logs:CreateLogGroup', 'kinesis:ListStreams', 'dynamodb:ListStreams']);

interface Statement {
  readonly Action?: string | string[];
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/**
 * Makes the roles that the framework and serverless-iam-roles-per-function left what they should be: one for each
 * function, named by CloudFormation, without what nothing uses. Throws when a function still uses the role for all.
 */
export function tidyRoles(serverless: Serverless): void {
  const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
  delete Resources[SHARED_ROLE];
  const users = Object.keys(Resources).filter((id) => mentions(Resources[id], SHARED_ROLE));
  if (users.length > 0) {
    throw new serverless.classes.Error(
      `${users.join(', ')} would run under the service's shared role: give each function its own iamRoleStatements`,
    );
  }
  for (const [id, resource] of Object.entries(Resources)) {
    if (resource.Type === 'AWS::IAM::Role') Resources[id] = tidied(resource);
  }
}

/**
 * Gives each function's role a name, so that serverless-iam-roles-per-function makes none up, and refuses none that
 * would be too long: `tidyRoles` takes it away.
 */
export function nameRoles({ service }: Serverless): void {
  for (const key of service.getAllFunctions()) service.getFunction(key).iamRoleStatementsName = 'taken-away';
}

function mentions(resource: TemplateResource | undefined, id: string): boolean {
  return JSON.stringify(resource).includes(`"${id}"`);
}

/** Without a name, as a role that is made anew under the same one is another for KMS' grants; without what is needless. */
function tidied(role: TemplateResource): TemplateResource {
  const { RoleName: _name, ...properties } = role.Properties ?? {};
  const { Policies = [] } = properties as { Policies?: readonly Policy[] };
  return { ...role, Properties: { ...properties, Policies: Policies.map(withoutNeedless) } };
}

function withoutNeedless(policy: Policy): Policy {
  const Statement = policy.PolicyDocument.Statement.map((statement) => {
    const { Action } = statement;
    return Array.isArray(Action) ? { ...statement, Action: Action.filter((one) => !NEEDLESS.has(one)) } : statement;
  });
  return { ...policy, PolicyDocument: { ...policy.PolicyDocument, Statement } };
}
