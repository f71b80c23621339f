import { callerName } from '../registration/caller-name.ts';
import type { PolicyStatement, ServiceRegistration } from '../registration/service-registration.ts';
import { resolveValue, type TemplateScope } from '../registration/template-values.ts';

/** Which S3 buckets a function may list, by its own role. */
export interface ListRights {
  /** Adds the roles of a service's functions. */
  learn(registration: ServiceRegistration, awsUrl: string): void;
  /**
   * Whether a caller may list an S3 bucket when it asks for one of its objects. A right that is limited to a prefix
   * does not count, because asking for an object names no prefix. A caller that is not a function may list everything.
   */
  mayList(caller: string | undefined, bucket: string): boolean;
}

/** Begins without any role. */
export function createListRights(): ListRights {
  const arns = new Map<string, readonly string[]>();
  return {
    learn: (registration, awsUrl) => {
      const scope = { ...registration, awsUrl };
      for (const [key, { statements }] of Object.entries(registration.functions)) {
        if (statements) arns.set(callerName(registration.name, key), listedArns(statements, scope));
      }
    },
    mayList: (caller, bucket) =>
      arns.get(caller ?? '')?.some((pattern) => matches(pattern, `arn:aws:s3:::${bucket}`)) ?? true,
  };
}

/** What a role may list without a condition, as IAM's patterns. */
function listedArns(statements: readonly PolicyStatement[], scope: TemplateScope): string[] {
  return statements
    .filter(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined)
    .filter(({ Action }) => [Action ?? []].flat().some((action) => matches(action, 's3:ListBucket')))
    .flatMap(({ Resource }) => [resolveValue(Resource, scope)].flat().map(String));
}

/** IAM's wildcards: `*` is any text, `?` one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}
