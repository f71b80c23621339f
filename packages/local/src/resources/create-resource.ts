import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { PhysicalResource } from '../registration/template-values.ts';

/** A resource whose values are all known. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physical: PhysicalResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Creates one resource unless it exists; an existing one is kept as it is. */
export type CreateResource = (aws: AwsClient, resource: ResolvedResource) => Promise<void>;
