import type { CallUsage } from '@weir/local';

/**
 * Dollars in us-east-1, from the price pages of the services (aws.amazon.com/<service>/pricing): standard storage,
 * on-demand tables, functions on arm64. Free tiers are left out.
 */
const DOLLARS = {
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  /** GET. */
  objectRead: 0.4e-6,
  /** PUT, POST and LIST. A DELETE is free. */
  objectWrite: 5e-6,
  gigabyteSecond: 13.3334e-6,
  invocation: 0.2e-6,
  /** A message that SNS takes. What it hands over to SQS is free. */
  publish: 0.5e-6,
  queueRequest: 0.4e-6,
};
/** A message of a queue is taken, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;
const FREE = new Set(['s3:DeleteObject', 's3:DeleteObjects', 's3:AbortMultipartUpload']);
const OBJECT_READS = new Set(['s3:GetObject', 's3:HeadObject']);

/** The counted calls and the measured time of a question. */
export interface Used {
  /** By `service:Action`. */
  readonly calls: Readonly<Record<string, CallUsage>>;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  /** Messages that were published. */
  readonly messages: number;
}

/** Dollars by service. */
export interface Cost {
  readonly tables: number;
  readonly objects: number;
  readonly functions: number;
  readonly messages: number;
}

export function costOf({ calls, invocations, gigabyteSeconds, messages }: Used): Cost {
  let [tables, objects] = [0, 0];
  for (const [name, { calls: count, readUnits, writeUnits }] of Object.entries(calls)) {
    tables += readUnits * DOLLARS.readUnit + writeUnits * DOLLARS.writeUnit;
    if (!name.startsWith('s3:') || FREE.has(name)) continue;
    objects += count * (OBJECT_READS.has(name) ? DOLLARS.objectRead : DOLLARS.objectWrite);
  }
  return {
    tables,
    objects,
    functions: gigabyteSeconds * DOLLARS.gigabyteSecond + invocations * DOLLARS.invocation,
    messages: messages * (DOLLARS.publish + REQUESTS_PER_MESSAGE * DOLLARS.queueRequest),
  };
}
