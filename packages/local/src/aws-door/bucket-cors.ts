import type { ServiceRegistration } from '../registration/service-registration.ts';
import { physicalResource, resolveProperties } from '../registration/template-values.ts';

/** One rule of a bucket's `CorsConfiguration`, as templates write it. */
export interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/** What a page wants to do with an S3 bucket. */
export interface CorsRequest {
  readonly bucket: string | undefined;
  readonly origin: string | undefined;
  readonly method: string;
  /** Only a preflight names them. */
  readonly headers?: readonly string[];
}

/** The rules for pages that use S3 buckets. */
export interface BucketCors {
  /** Reads the rules of the S3 buckets in a service's template. */
  learn(registration: ServiceRegistration, awsUrl: string): void;
  /** The first rule that lets the request through. */
  find(request: CorsRequest): CorsRule | undefined;
}

/** Starts without rules: no page may use any S3 bucket. */
export function createBucketCors(): BucketCors {
  const rules = new Map<string, readonly CorsRule[]>();
  return {
    learn: (registration, awsUrl) => {
      const scope = { ...registration, awsUrl };
      for (const [logicalId, resource] of Object.entries(registration.resources)) {
        if (resource.Type !== 'AWS::S3::Bucket') continue;
        const { CorsConfiguration } = resolveProperties(resource, scope) as BucketProperties;
        rules.set(physicalResource(logicalId, scope).name, CorsConfiguration?.CorsRules ?? []);
      }
    },
    find: (request) => rules.get(request.bucket ?? '')?.find((rule) => allows(rule, request)),
  };
}

interface BucketProperties {
  readonly CorsConfiguration?: { readonly CorsRules: readonly CorsRule[] };
}

/** A rule must have the origin, the method and every header (S3, "How does Amazon S3 evaluate the CORS configuration"). */
function allows(rule: CorsRule, { origin, method, headers = [] }: CorsRequest): boolean {
  return (
    origin !== undefined &&
    matchesAny(rule.AllowedOrigins, origin) &&
    rule.AllowedMethods.includes(method) &&
    headers.every((name) => matchesAny(rule.AllowedHeaders ?? [], name))
  );
}

/** `*` in a pattern is any text; headers are the same in any case. */
function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'i').test(text);
  });
}
