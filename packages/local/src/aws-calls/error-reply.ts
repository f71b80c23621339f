import { randomUUID } from 'node:crypto';
import type { AwsCall, Reply, WireFormat } from './aws-call.ts';

/** The error codes with which a service throttles, if it has a code of its own. */
const THROTTLES: Readonly<Record<string, string>> = {
  dynamodb: 'ProvisionedThroughputExceededException',
  kinesis: 'ProvisionedThroughputExceededException',
  s3: 'SlowDown',
  sqs: 'RequestThrottled',
  email: 'TooManyRequestsException',
  'execute-api': 'LimitExceededException',
};

/** How the protocols refuse a caller. */
const DENIALS: Readonly<Record<WireFormat, readonly [number, string]>> = {
  s3: [403, 'AccessDenied'],
  json: [400, 'AccessDeniedException'],
  'rest-json': [403, 'AccessDeniedException'],
  cbor: [400, 'AccessDeniedException'],
  // SNS and SQS in their old protocol.
  query: [403, 'AuthorizationError'],
};

interface WireError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An error in the wire format of the called service. */
export function errorReply(call: AwsCall, error: WireError): Reply {
  const { status, code, message } = error;
  const requestId = randomUUID();
  const headers = { 'content-type': CONTENT_TYPES[call.format], 'x-amzn-requestid': requestId };
  switch (call.format) {
    case 's3':
      return { status, headers, body: Buffer.from(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`) };
    case 'query':
      return { status, headers, body: Buffer.from(queryError(error, requestId)) };
    case 'cbor':
    case 'rest-json':
      return {
        status,
        headers: { ...headers, 'x-amzn-errortype': code },
        body: Buffer.from(JSON.stringify({ message })),
      };
    case 'json': {
      const prefix = call.service === 'dynamodb' ? 'com.amazonaws.dynamodb.v20120810#' : '';
      return { status, headers, body: Buffer.from(JSON.stringify({ __type: `${prefix}${code}`, message })) };
    }
  }
}

/** "Something broke on our side", in the form of the called service. */
export function internalErrorReply(call: AwsCall): Reply {
  const code = call.format === 's3' ? 'InternalError' : 'InternalServerError';
  return errorReply(call, { status: 500, code, message: 'Internal failure' });
}

/** The name of the header with which the door kills the function that has made a call. */
export const KILL_HEADER = 'x-weir-kill';

/** Kills the function that made the call: its environment ends before it reads the answer. Others see a broken service. */
export function killReply(call: AwsCall): Reply {
  const reply = internalErrorReply(call);
  return { ...reply, headers: { ...reply.headers, [KILL_HEADER]: 'true' } };
}

/** "Access denied", in the form of the called service. */
export function deniedReply(call: AwsCall, message: string): Reply {
  const [status, code] = DENIALS[call.format];
  const isXml = call.format === 's3' || call.format === 'query';
  return errorReply(call, { status, code, message: isXml ? escaped(message) : message });
}

/** "Too many requests", in the form of the called service. */
export function throttleReply(call: AwsCall): Reply {
  const code = THROTTLES[call.service] ?? 'ThrottlingException';
  const status: Record<WireFormat, number> = { json: 400, query: 400, s3: 503, 'rest-json': 429, cbor: 400 };
  return errorReply(call, { status: status[call.format], code, message: 'Rate exceeded' });
}

const CONTENT_TYPES: Record<WireFormat, string> = {
  json: 'application/x-amz-json-1.0',
  query: 'text/xml',
  s3: 'application/xml',
  'rest-json': 'application/json',
  cbor: 'application/json',
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function queryError({ status, code, message }: WireError, requestId: string): string {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}
