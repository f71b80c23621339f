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

function queryError({ status, code, message }: WireError, requestId: string): string {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}
