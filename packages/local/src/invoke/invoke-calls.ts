import { randomUUID } from 'node:crypto';
import type { AwsCall, Reply, RequestHead } from '../aws-calls/aws-call.ts';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { Answer } from '../aws-calls/backend.ts';
import { errorReply } from '../aws-calls/error-reply.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import { ACCOUNT_ID } from '../registration/template-values.ts';
import { type FunctionEvent, type FunctionEventDeps, functionEvents } from './function-event.ts';
import { createInvokeAsync, type InvokeAsync, PAUSES_MS } from './invoke-async.ts';
import { postEvent } from './lambda-invoke.ts';

/** What is needed to answer Lambda's Invoke. */
export interface InvokeCallsDeps {
  readonly services: () => readonly ServiceRegistration[];
  readonly aws: AwsClient;
  /** The door. */
  readonly awsUrl: () => string;
  readonly checkOf: FunctionEventDeps['checkOf'];
  readonly log: (line: string) => void;
  readonly pausesMs?: readonly number[];
}

/** Lambda's limits on an event ("Lambda quotas"). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
const MAX_ASYNC_EVENT_BYTES = 1024 * 1024;

/** Answers Lambda's Invoke for the functions of the services that run: `RequestResponse`, `Event` and `DryRun`. */
export function answerInvokeCalls(deps: InvokeCallsDeps): Answer {
  const { services, aws, awsUrl, checkOf, log, pausesMs = PAUSES_MS } = deps;
  // One for each registration of a function, as it bounds the invocations that run at once.
  const invokers = new WeakMap<object, InvokeAsync>();
  const invokerOf = (own: FunctionEvent): InvokeAsync => {
    const invoke = invokers.get(own.definition) ?? createInvokeAsync(own, { aws, log, pausesMs });
    invokers.set(own.definition, invoke);
    return invoke;
  };
  return async (call, head, body) => {
    if (call.action !== 'Invoke') {
      const message = `The local AWS answers Lambda's Invoke, and has no ${call.action}`;
      return errorReply(call, { status: 404, code: 'UnknownOperationException', message });
    }
    const own = services()
      .flatMap((service) => functionEvents(service, { awsUrl: awsUrl(), checkOf }))
      .find(({ definition }) => definition.name === call.resource);
    if (own === undefined) return notFound(call);
    const type = String(head.headers['x-amz-invocation-type'] ?? 'RequestResponse');
    const refused = refusalOf(call, type, body);
    if (refused !== undefined) return refused;
    if (type === 'DryRun') return reply(204);
    if (type === 'RequestResponse') return respond(call, head, { own, body });
    const event = JSON.parse(body.toString('utf8') || '{}') as object;
    void invokerOf(own)(event, `an event that ${call.caller ?? 'somebody'} sent`);
    return reply(202);
  };
}

function refusalOf(call: AwsCall, type: string, body: Buffer): Reply | undefined {
  if (!['RequestResponse', 'Event', 'DryRun'].includes(type)) {
    const message = `There is no invocation type ${type}`;
    return errorReply(call, { status: 400, code: 'InvalidParameterValueException', message });
  }
  const limit = type === 'Event' ? MAX_ASYNC_EVENT_BYTES : MAX_EVENT_BYTES;
  if (body.length > limit) {
    const message = `${body.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`;
    return errorReply(call, { status: 413, code: 'RequestTooLargeException', message });
  }
  try {
    JSON.parse(body.toString('utf8') || '{}');
    return undefined;
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    return errorReply(call, { status: 400, code: 'InvalidRequestContentException', message });
  }
}

async function respond(
  call: AwsCall,
  { headers }: RequestHead,
  { own, body }: { readonly own: FunctionEvent; readonly body: Buffer },
): Promise<Reply> {
  const { registration, definition } = own;
  const context = headers['x-amz-client-context'];
  const more = context === undefined ? {} : { 'x-amz-client-context': String(context) };
  const answer = await postEvent({ lambdaUrl: registration.lambdaUrl, name: definition.name }, body, more).catch(
    () => undefined,
  );
  if (answer === undefined || answer.status >= 400) {
    const reason = answer === undefined ? 'does not answer' : `answers ${answer.status}: ${answer.text}`;
    const message = `${registration.name}, which has this function, ${reason}`;
    return errorReply(call, { status: 500, code: 'ServiceException', message });
  }
  const failed = answer.functionError && { 'x-amz-function-error': 'Unhandled' };
  return reply(200, answer.text === '' ? 'null' : answer.text, { 'x-amz-executed-version': '$LATEST', ...failed });
}

function notFound(call: AwsCall): Reply {
  const arn = `arn:aws:lambda:${call.region}:${ACCOUNT_ID}:function:${call.resource}`;
  return errorReply(call, { status: 404, code: 'ResourceNotFoundException', message: `Function not found: ${arn}` });
}

function reply(status: number, body = '', more: Readonly<Record<string, string>> = {}): Reply {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...more };
  return { status, headers, body: Buffer.from(body) };
}
