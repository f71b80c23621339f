import type { AwsCall, AwsCallResult, RequestHead } from '../aws-calls/aws-call.ts';
import type { Backends } from '../aws-calls/backend.ts';
import { describeCall, describeS3Call, serviceOf } from '../aws-calls/describe-call.ts';
import { readAll } from '../aws-calls/read-all.ts';
import { readSignature } from '../aws-calls/signature.ts';
import { type BufferedCallDeps, makeBufferedCall } from './buffered-call.ts';
import { createCapacityMeter } from './capacity/capacity-meter.ts';
import { preflightReply } from './cors.ts';
import type { InjectedFault } from './faults.ts';
import { type Exchange, listen } from './listener.ts';
import { makeObjectCall } from './object-call.ts';
import type { PendingCall } from './pending-call.ts';
import { createUpstream } from './upstream.ts';

/** The parts that the door is made of. */
export interface AwsDoorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly backends: Backends;
  /** The fault to put on a call. */
  readonly fault: (call: AwsCall) => InjectedFault | undefined;
  /** Whether a caller may list a bucket, by its role. */
  readonly mayList: (caller: string | undefined, bucket: string) => boolean;
  /** Called for each call just before it is answered. */
  readonly onCall: (call: AwsCall, result: AwsCallResult) => void;
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
    upstream.call(options.backends.dynamodb.port, ...tableCall(action, body)),
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
  if (head.target.startsWith('/_weir/')) return options.control(exchange);
  if (head.method === 'OPTIONS') return exchange.send(preflightReply(head));
  const pending = (call: AwsCall): PendingCall => ({
    call,
    exchange,
    fault: options.fault(call),
    onCall: options.onCall,
  });
  if (serviceOf(head, readSignature(head).service) === 's3') {
    const { call, address } = describeS3Call(head);
    const { port } = options.backends.s3;
    return makeObjectCall(pending(call), address, { port, upstream: deps.upstream, mayList: options.mayList });
  }
  const bytes = await readAll(exchange.body);
  const { call, json } = describeCall(head, bytes);
  return makeBufferedCall(pending(call), { bytes, json }, deps);
}

/** The meter's own look-ups go straight to the tables: they count for no caller. */
function tableCall(action: string, body: object): [RequestHead, Buffer] {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${action}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=weir/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
  return [{ method: 'POST', target: '/', headers }, Buffer.from(JSON.stringify(body))];
}
