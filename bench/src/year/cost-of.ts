import type { CallUsage } from '@weir/local';
import { DOLLARS } from '../cost/prices.ts';

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
