import { createKeyText } from '@weir/keys';
import type { APIGatewayAuthorizerResult, APIGatewayProxyResult } from 'aws-lambda';
import { toContext } from '../http/callers/principal-context.ts';
import type { Scope } from '../http/callers/scopes.ts';

/** One call of a new version, and what it must answer. It changes nothing that is kept. */
export interface Probe {
  /** As API Gateway sends it. */
  readonly event: object;
  /** Whether the answer is that of a function that works. */
  readonly isRight: (answer: unknown) => boolean;
}

/** A text of the form of a key. It is nobody's: a key is made of random bytes. */
const NOBODYS_KEY = createKeyText(new Uint8Array(32));

/**
 * How each function of the canary is tried. Each reads what the function reads, so that a missing grant or variable is
 * seen; `events` only refuses a body, as all else that it does is a write.
 */
export const PROBES: Readonly<Record<string, readonly Probe[]>> = {
  // Both kinds of keys: one is looked for in the table, the other is compared with the secret.
  authorize: [denied(NOBODYS_KEY), denied('nobodys-key')],
  events: [answers(400, { method: 'POST', path: '/v1/events', scope: 'events:write', body: '{' })],
  metrics: [answers(200, { path: '/v1/actions', scope: 'metrics:read' })],
};

interface ProbeRequest {
  readonly method?: string;
  readonly path: string;
  readonly scope: Scope;
  readonly body?: string;
}

function answers(status: number, request: ProbeRequest): Probe {
  return {
    event: proxyEvent(request),
    isRight: (answer) => (answer as Partial<APIGatewayProxyResult> | null)?.statusCode === status,
  };
}

/** Only who may invoke a function can send it a principal: API Gateway takes none from a request. */
function proxyEvent({ method = 'GET', path, scope, body }: ProbeRequest): object {
  const authorizer = toContext({ kind: 'principal', keyId: 'probe', scopes: new Set([scope]) });
  return {
    httpMethod: method,
    path,
    resource: path,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body: body ?? null,
    isBase64Encoded: false,
    requestContext: { requestId: 'probe', path, authorizer },
  };
}

function denied(key: string): Probe {
  return {
    event: {
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:probe/probe/GET/',
      headers: { Authorization: `Bearer ${key}` },
      requestContext: { requestId: 'probe' },
    },
    isRight: (answer) => {
      const { policyDocument } = (answer ?? {}) as Partial<APIGatewayAuthorizerResult>;
      return policyDocument?.Statement[0]?.Effect === 'Deny';
    },
  };
}
