import type { AwsCall, RequestHead } from '../../aws-calls/aws-call.ts';
import type { S3Address } from '../../aws-calls/s3-address.ts';
import type { ServiceRegistration } from '../../registration/service-registration.ts';
import { readFacts, type ScopedService, scopeServices, type TemplateFacts } from './facts/template-facts.ts';
import type { RoleCheck } from './needs/acting-needs.ts';
import { callNeeds } from './needs/call-needs.ts';
import { withKeyNeeds } from './needs/key-needs.ts';
import { deletionNeeds, s3Needs } from './needs/s3-needs.ts';
import type { Grant, Need } from './policy/policy.ts';
import { type Role, rolesOf } from './roles.ts';

/** What the functions may do, each by its own role. Every other caller may do everything. */
export interface Rights {
  /** Adds the roles of a service. Throws if a role has something that the local AWS does not know. */
  learn(registration: ServiceRegistration, awsUrl: string): void;
  /** What the caller's role lacks for a call; undefined if it lacks nothing. */
  missing(call: AwsCall, json: Readonly<Record<string, unknown>> | undefined): string | undefined;
  /** The same for an S3 call; of DeleteObjects, each object is asked for by itself. */
  missingOfS3(call: AwsCall, request: S3Request): string | undefined;
  missingToDelete(call: AwsCall, object: DeletedObject): string | undefined;
  /**
   * Whether a caller may list an S3 bucket when it asks for one of its objects. A right that is limited to a prefix
   * does not count, because asking for an object names no prefix.
   */
  mayList(caller: string | undefined, bucket: string): boolean;
  /** The check of a role for what AWS does in its name. Roles are known by a function's caller, or by their ARN. */
  checkOf(role: string): RoleCheck;
}

/** An S3 call's address and head. */
export interface S3Request {
  readonly address: S3Address;
  readonly head: RequestHead;
}

/** One object that DeleteObjects names. */
export interface DeletedObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Takes each need of a role, with the grants that allow it. */
export type OnNeed = (role: string, need: Need, grants: readonly Grant[]) => void;

/** Begins without any role. `log` gets a line for each refused call. */
export function createRights(log: (message: string) => void, onNeed: OnNeed = () => {}): Rights {
  const registrations = new Map<string, ServiceRegistration>();
  let roles = new Map<string, Role>();
  let facts: TemplateFacts = readFacts([]);

  const check = (key: string | undefined, needs: () => readonly Need[] | undefined, what = '') => {
    const role = roles.get(key ?? '');
    if (role === undefined) return undefined;
    const found = needs();
    if (found === undefined) onNeed(role.name, { action: what, resource: undefined }, []);
    const lack =
      found === undefined
        ? role.policy && `the local AWS does not know which permission ${role.name} needs for ${what}`
        : lackOf(role, withKeyNeeds(found, facts), onNeed);
    if (lack !== undefined) log(`Access denied: ${lack}`);
    return lack;
  };
  return {
    learn: (registration, awsUrl) => {
      const all = new Map(registrations).set(registration.name, registration);
      const services = scopeServices([...all.values()], awsUrl);
      const read = new Map(services.flatMap((service: ScopedService) => rolesOf(service)));
      registrations.set(registration.name, registration);
      roles = read;
      facts = readFacts(services);
    },
    missing: (call, json = {}) => check(call.caller, () => callNeeds(call, json, facts), nameOf(call)),
    missingOfS3: (call, { address, head }) => check(call.caller, () => s3Needs(address, head, facts), nameOf(call)),
    missingToDelete: (call, { bucket, key, versionId }) =>
      check(call.caller, () => deletionNeeds(bucket, key, versionId)),
    mayList: (caller, bucket) =>
      roles.get(caller ?? '')?.policy?.allows({ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` }) ?? true,
    checkOf: (role) => (needs) => check(role, () => needs),
  };
}

function nameOf({ service, action }: AwsCall): string {
  return `${service}:${action}`;
}

function lackOf({ name, policy }: Role, needs: readonly Need[], onNeed: OnNeed): string | undefined {
  const lacks = needs.filter((need) => {
    const grants = policy?.allowing(need) ?? [];
    onNeed(name, need, grants);
    return policy !== undefined && grants.length === 0;
  });
  const [lack] = lacks;
  if (lack === undefined) return undefined;
  const condition = Object.entries(lack.context ?? {}).map(([key, value]) => ` with ${key} "${value}"`);
  return `the role of ${name} does not allow ${lack.action} on ${lack.resource ?? '*'}${condition.join()}`;
}
