import type { Serverless, TemplateResource } from '../framework/serverless.ts';

const SHARED_ROLE = 'IamRoleLambdaExecution';

/**
 * Permissions that serverless-iam-roles-per-function grants and nothing uses. A role that may create its log group
 * makes it anew when the stack is gone, and then the stack cannot be made again; listing streams cannot be limited to
 * one stream.
 */
const NEEDLESS = new Set(['logs:CreateLogGroup', 'kinesis:ListStreams', 'dynamodb:ListStreams']);

/**
 * serverless-iam-roles-per-function attaches it to the role of a function in a VPC. It would let the function write the
 * logs of all others; `enter-redis-vpc.ts` gives such functions a statement of their own.
 */
const VPC_POLICY = 'AWSLambdaVPCAccessExecutionRole';

interface Statement {
  readonly Action?: string | string[];
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/**
 * Corrects the roles that the framework and serverless-iam-roles-per-function made: one for each function, named by
 * CloudFormation, without permissions that nothing uses. Throws if a function still uses the role for all.
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
 * Gives each function's role a name: serverless-iam-roles-per-function then makes up none, and refuses none as too
 * long. `tidyRoles` removes the name.
 */
export function nameRoles({ service }: Serverless): void {
  for (const key of service.getAllFunctions()) service.getFunction(key).iamRoleStatementsName = 'taken-away';
}

function mentions(resource: TemplateResource | undefined, id: string): boolean {
  return JSON.stringify(resource).includes(`"${id}"`);
}

/**
 * Without a name, because for KMS' grants a role that is made anew under the same name is another role; and without
 * needless permissions.
 */
function tidied(role: TemplateResource): TemplateResource {
  const { RoleName: _name, ...properties } = role.Properties ?? {};
  const { Policies = [] } = properties as { Policies?: readonly Policy[] };
  const isInVpc = JSON.stringify(properties.ManagedPolicyArns ?? []).includes(VPC_POLICY);
  const own = isInVpc ? { ManagedPolicyArns: [] } : {};
  return { ...role, Properties: { ...properties, ...own, Policies: Policies.map(withoutNeedless) } };
}

function withoutNeedless(policy: Policy): Policy {
  const Statement = policy.PolicyDocument.Statement.map((statement) => {
    const { Action } = statement;
    return Array.isArray(Action) ? { ...statement, Action: Action.filter((one) => !NEEDLESS.has(one)) } : statement;
  });
  return { ...policy, PolicyDocument: { ...policy.PolicyDocument, Statement } };
}
