import { pageOf } from '../access/page.ts';
import { foreignHost, foreignPage } from '../access/refusal.ts';
import type { AwsCall, AwsCallResult, Reply, RequestHead } from '../aws-calls/aws-call.ts';
import type { Backends } from '../aws-calls/backend.ts';
import { describeCall, describeS3Call, serviceOf } from '../aws-calls/describe-call.ts';
import { deniedReply } from '../aws-calls/error-reply.ts';
import { readAll } from '../aws-calls/read-all.ts';
import { readS3Address } from '../aws-calls/s3-address.ts';
import { readSignature } from '../aws-calls/signature.ts';
import type { BucketCors, CorsRule } from './bucket-cors.ts';
import { type BufferedCallDeps, makeBufferedCall } from './buffered-call.ts';
import { createCapacityMeter } from './capacity/capacity-meter.ts';
import { preflightReply } from './cors.ts';
import type { InjectedFault } from './faults.ts';
import { type Exchange, listen } from './listener.ts';
import { makeObjectCall } from './object-call.ts';
import { answer, type PendingCall } from './pending-call.ts';
import type { Rights } from './rights/rights.ts';
import { createUpstream } from './upstream.ts';

/** The parts that the door is made of. */
export interface AwsDoorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly backends: Backends;
  /** The fault to put on a call. */
  readonly fault: (call: AwsCall) => InjectedFault | undefined;
  /** What the functions may do, each by its own role. */
  readonly rights: Pick<Rights, 'missing' | 'missingOfS3' | 'missingToDelete' | 'mayList'>;
  /** Called for each call just before it is answered. */
  readonly onCall: (call: AwsCall, result: AwsCallResult) => void;
  /** Further names of this machine. */
  readonly hosts: readonly string[];
  /** What pages in a browser may do with S3 buckets. They may do nothing else here. */
  readonly cors: BucketCors;
  /** Takes requests that are not AWS calls (`/_weir/…`). */
  readonly control: (exchange: Exchange) => Promise<void>;
}

/** The one door to AWS: every call goes through it. */
export interface AwsDoor {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the door on 127.0.0.1. */
export async function createAwsDoor(options: AwsDoorOptions): Promise<AwsDoor> {
  const upstream = createUpstream();
  const meter = createCapacityMeter((action, body) =>
    upstream.call(options.backends.dynamodb, ...tableCall(action, body)),
  );
  const deps: BufferedCallDeps = { backends: options.backends, upstream, meter, url: () => url };
  const listener = await listen(options.port, (exchange) => {
    // The request could not be answered: the caller went away, or an emulator did, in the middle of a body.
    handle(exchange, options, deps).catch(() => exchange.drop());
  });
  const url = `http://127.0.0.1:${listener.port}`;
  const close = async () => {
    await listener.close();
    upstream.close();
  };
  return { url, close };
}

async function handle(exchange: Exchange, options: AwsDoorOptions, deps: BufferedCallDeps): Promise<void> {
  const { head } = exchange;
  const admission = admit(head, options);
  if ('reply' in admission) return exchange.send(admission.reply);
  if (isControl(head)) return options.control(exchange);
  const pending = (call: AwsCall): PendingCall => ({
    call,
    exchange,
    fault: options.fault(call),
    onCall: options.onCall,
  });
  if (isS3(head)) {
    const { call, address } = describeS3Call(head);
    const { port } = options.backends.s3;
    const { rights } = options;
    return makeObjectCall(pending(call), address, { port, upstream: deps.upstream, rights, corsRule: admission.rule });
  }
  const bytes = await readAll(exchange.body);
  const { call, json } = describeCall(head, bytes);
  const missing = options.rights.missing(call, json);
  if (missing !== undefined) return answer(pending(call), deniedReply(call, missing));
  return makeBufferedCall(pending(call), { bytes, json }, deps);
}

/** A refused request's answer, or the rule that lets a page's request in. */
type Admission = { readonly reply: Reply } | { readonly rule: CorsRule | undefined };

function admit(head: RequestHead, { hosts, cors }: AwsDoorOptions): Admission {
  const foreign = foreignHost(head, hosts);
  if (foreign !== undefined) return { reply: forbidden(foreign) };
  const page = pageOf(head);
  if (page === undefined) return { rule: undefined };
  const ofBucket = !isControl(head) && isS3(head);
  if (head.method === 'OPTIONS') {
    return { reply: (ofBucket && preflightReply(head, cors)) || forbidden(foreignPage(page.origin)) };
  }
  const request = { bucket: readS3Address(head).bucket, origin: page.origin, method: head.method };
  const rule = ofBucket ? cors.find(request) : undefined;
  // A link in a mail may lead to an object.
  const isOpened = ofBucket && page.isVisit;
  return rule === undefined && !isOpened ? { reply: forbidden(foreignPage(page.origin)) } : { rule };
}

function isControl({ target }: RequestHead): boolean {
  return target.startsWith('/_weir/');
}

function isS3(head: RequestHead): boolean {
  return serviceOf(head, readSignature(head).service) === 's3';
}

function forbidden(message: string): Reply {
  return {
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/** The meter's own look-ups go straight to the tables: they count for no caller. */
function tableCall(action: string, body: object): [RequestHead, Buffer] {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${action}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=weir/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    // Nobody checks it, and dynoxide refuses a request without one.
    'x-amz-date': '20200101T000000Z',
  };
  return [{ method: 'POST', target: '/', headers }, Buffer.from(JSON.stringify(body))];
}
