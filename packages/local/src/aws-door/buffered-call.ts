import { crc32 } from 'node:zlib';
import type { AwsCall, Reply } from '../aws-calls/aws-call.ts';
import type { Backend, Dialect, WireJson } from '../aws-calls/backend.ts';
import { errorReply } from '../aws-calls/error-reply.ts';
import type { CapacityMeter, MeteredCall, Units } from './capacity/capacity-meter.ts';
import { withMillisBehindLatest } from './millis-behind-latest.ts';
import { answer, failBefore, NO_UNITS, type PendingCall } from './pending-call.ts';
import { refusedDelay } from './queue-limits.ts';
import type { Upstream } from './upstream.ts';

/** What makes the calls of all services except S3. */
export interface BufferedCallDeps {
  readonly backends: Readonly<Record<string, Backend>>;
  readonly upstream: Upstream;
  readonly meter: CapacityMeter;
  /** The door itself. */
  readonly url: () => string;
}

/** The whole body of a call, parsed if that was needed. */
export interface BufferedBody {
  readonly bytes: Buffer;
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

interface Answered {
  readonly reply: Reply;
  readonly units: Units;
}

/** Makes a call whose bodies are small enough to be held whole. */
export async function makeBufferedCall(
  pending: PendingCall,
  body: BufferedBody,
  deps: BufferedCallDeps,
): Promise<void> {
  if ((await failBefore(pending)) === 'over') return;
  const { reply, units } = await ask(pending, body, deps);
  answer(pending, reply, units);
}

async function ask({ call, exchange }: PendingCall, body: BufferedBody, deps: BufferedCallDeps): Promise<Answered> {
  const backend = deps.backends[call.service];
  if (backend === undefined) {
    return unmetered(
      errorReply(call, {
        status: 400,
        code: 'UnknownOperationException',
        message: `The local AWS has no ${call.service}`,
      }),
    );
  }
  const refused = refusedDelay(call, body.json);
  if (refused !== undefined) return unmetered(refused);
  if ('answer' in backend) return unmetered(await backend.answer(call, exchange.head, body.bytes));
  const refusal = body.json && backend.dialect?.refusal?.(call.action, body.json);
  if (refusal !== undefined) {
    return unmetered(errorReply(call, { status: 400, code: 'ValidationException', message: refusal }));
  }
  const { bytes, json } = respelled(call, body, backend.dialect);
  try {
    if (call.service === 'dynamodb' && json !== undefined) {
      const metered = deps.meter.meter(call.action, json, bytes);
      const reply = await deps.upstream.call(backend, exchange.head, metered.body);
      return await settle(metered, corrected(call, reply, backend.dialect));
    }
    const callBackend = (bytes: Buffer) => deps.upstream.call(backend, exchange.head, bytes);
    const reply = await callBackend(withStreamName(call, bytes));
    const answered = await mended(reply, call, { callBackend, url: deps.url() });
    return unmetered(corrected(call, answered, backend.dialect));
  } catch {
    return unmetered(
      errorReply(call, {
        status: 503,
        code: 'ServiceUnavailable',
        message: `The local ${call.service} does not answer`,
      }),
    );
  }
}

interface Mending {
  readonly callBackend: (body: Buffer) => Promise<Reply>;
  readonly url: string;
}

/** Puts into an emulator's answer what AWS would answer instead. */
async function mended(reply: Reply, { service, action }: AwsCall, { callBackend, url }: Mending): Promise<Reply> {
  if (service === 'sqs') return withOwnQueueUrls(reply, url);
  if (service !== 'kinesis' || action !== 'GetRecords') return reply;
  const readNext = (ShardIterator: string) => callBackend(Buffer.from(JSON.stringify({ ShardIterator, Limit: 1 })));
  return withMillisBehindLatest(reply, readNext, Date.now());
}

/** The call's body as the emulator understands it. */
function respelled({ action }: AwsCall, body: BufferedBody, dialect: Dialect | undefined): BufferedBody {
  if (body.json === undefined || dialect?.respell === undefined) return body;
  const json = dialect.respell(action, body.json);
  return json === body.json ? body : { json, bytes: Buffer.from(JSON.stringify(json)) };
}

/** The emulator's answer as AWS gives it. */
function corrected({ action }: AwsCall, reply: Reply, dialect: Dialect | undefined): Reply {
  const correct = dialect?.corrections?.[action];
  if (correct === undefined || reply.status >= 400) return reply;
  const answer = JSON.parse(reply.body.toString('utf8')) as WireJson;
  const json = correct(answer);
  return json === answer ? reply : withChecksum({ ...reply, body: Buffer.from(JSON.stringify(json)) });
}

async function settle(metered: MeteredCall, reply: Reply): Promise<Answered> {
  const settled = await metered.settle(reply);
  return settled.reply === reply ? settled : { ...settled, reply: withChecksum(settled.reply) };
}

function unmetered(reply: Reply): Answered {
  return { reply, units: NO_UNITS };
}

/** kinesalite needs the stream's name where AWS accepts its ARN. */
function withStreamName({ service, resource }: AwsCall, body: Buffer): Buffer {
  if (service !== 'kinesis' || resource === undefined) return body;
  // In 5 MB, this is five times as fast as searching the buffer.
  const text = body.toString('latin1');
  if (text.includes('"StreamName"') || !text.includes('"StreamARN"')) return body;
  const { StreamARN: _arn, ...rest } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  return Buffer.from(JSON.stringify({ ...rest, StreamName: resource }));
}

/** Queues remember the door's address from the day on which they were made. */
function withOwnQueueUrls(reply: Reply, url: string): Reply {
  const text = reply.body.toString('utf8');
  return {
    ...reply,
    body: Buffer.from(text.replaceAll(/http:\/\/[^/"<\s]+\/000000000000\//g, `${url}/000000000000/`)),
  };
}

function withChecksum(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'x-amz-crc32': String(crc32(reply.body)) } };
}
