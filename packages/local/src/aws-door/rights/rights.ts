import type { AwsCall, RequestHead } from '../../aws-calls/aws-call.ts';
import type { S3Address } from '../../aws-calls/s3-address.ts';
import { callerName } from '../../registration/caller-name.ts';
import type { ServiceRegistration, TemplateResource } from '../../registration/service-registration.ts';
import { physicalResource, resolveValue, type TemplateScope } from '../../registration/template-values.ts';
import { callNeeds, SECRET_SUFFIX } from './call-needs.ts';
import { type Need, type Policy, readPolicy } from './policy.ts';
import { s3Needs } from './s3-needs.ts';

/** What the functions may do, each by its own role. Every other caller may do everything. */
export interface Rights {
  /** Adds the roles of a service's functions. Throws if a role has something that the local AWS does not know. */
  learn(registration: ServiceRegistration, awsUrl: string): void;
  /** What the caller's role lacks for a call; undefined if it lacks nothing. */
  missing(call: AwsCall, json: Readonly<Record<string, unknown>> | undefined): string | undefined;
  /** The same for an S3 call. */
  missingOfS3(call: AwsCall, request: S3Request): string | undefined;
  /**
   * Whether a caller may list an S3 bucket when it asks for one of its objects. A right that is limited to a prefix
   * does not count, because asking for an object names no prefix.
   */
  mayList(caller: string | undefined, bucket: string): boolean;
}

/** An S3 call's address and head, and the body if it is DeleteObjects. */
export interface S3Request {
  readonly address: S3Address;
  readonly head: RequestHead;
  readonly body?: string;
}

interface Role {
  readonly functionName: string;
  readonly policy: Policy;
}

/** Begins without any role. `log` gets a line for each refused call. */
export function createRights(log: (message: string) => void): Rights {
  const roles = new Map<string, Role>();
  const check = (call: AwsCall, needs: () => readonly Need[] | undefined) => {
    const role = roles.get(call.caller ?? '');
    if (role === undefined) return undefined;
    const lack = lackOf(role, call, needs());
    if (lack !== undefined) log(`Access denied: ${lack}`);
    return lack;
  };
  return {
    learn: (registration, awsUrl) => {
      for (const [caller, role] of rolesOf(registration, awsUrl)) roles.set(caller, role);
    },
    missing: (call, json) => check(call, () => callNeeds(call, json)),
    missingOfS3: (call, { address, head, body }) => check(call, () => s3Needs(address, head, body)),
    mayList: (caller, bucket) =>
      roles.get(caller ?? '')?.policy.allows({ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` }) ?? true,
  };
}

function lackOf(role: Role, call: AwsCall, needs: readonly Need[] | undefined): string | undefined {
  if (needs === undefined) {
    return `the local AWS does not know which permission ${role.functionName} needs for ${call.service}:${call.action}`;
  }
  const lack = needs.find((need) => !role.policy.allows(need));
  if (lack === undefined) return undefined;
  const condition = Object.entries(lack.context ?? {}).map(([key, value]) => ` with ${key} "${value}"`);
  return `the role of ${role.functionName} does not allow ${lack.action} on ${lack.resource ?? '*'}${condition.join()}`;
}

function rolesOf(registration: ServiceRegistration, awsUrl: string): [string, Role][] {
  const scope = withSecretSuffixes({ ...registration, awsUrl });
  return Object.entries(registration.functions).flatMap(([key, { name, statements }]) => {
    if (statements === undefined) return [];
    try {
      const policy = readPolicy(resolveValue(statements, scope) as readonly unknown[]);
      return [[callerName(registration.name, key), { functionName: name, policy }]];
    } catch (error) {
      throw new Error(`The role of ${name} cannot be held: ${(error as Error).message}`);
    }
  });
}

/** The template's references to a secret are its whole ARN. */
function withSecretSuffixes(scope: TemplateScope): TemplateScope {
  const suffixed = ([id, resource]: [string, TemplateResource]): [string, TemplateResource] => {
    if (resource.Type !== 'AWS::SecretsManager::Secret') return [id, resource];
    const Name = `${physicalResource(id, scope).name}${SECRET_SUFFIX}`;
    return [id, { ...resource, Properties: { ...resource.Properties, Name } }];
  };
  return { ...scope, resources: Object.fromEntries(Object.entries(scope.resources).map(suffixed)) };
}
