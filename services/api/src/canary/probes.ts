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

/** A text of the form of a cursor, which nobody has signed. To refuse it, a function reads the secret. */
const NOBODYS_CURSOR = Buffer.alloc(40).toString('base64url');

/**
 * How each function of the canary is tried. Each reads what the function reads, so that a missing grant or variable is
 * seen; `events` only refuses a body, as all else that it does is a write.
 */
export const PROBES: Readonly<Record<string, readonly Probe[]>> = {
  // Both kinds of keys: one is looked for in the table, the other is compared with the secret.
  authorize: [denied(NOBODYS_KEY), denied('nobodys-key')],
  events: [answers(400, { method: 'POST', path: '/v1/events', scope: 'events:write', body: '{' })],
  metrics: lists('/v1/actions', 'metrics:read'),
  keys: lists('/v1/keys', 'keys:read'),
  users: lists('/v1/users', 'users:read'),
  reports: lists('/v1/reports', 'reports:read'),
  alerts: lists('/v1/alerts', 'alerts:read'),
  webhooks: lists('/v1/webhooks', 'webhooks:read'),
  addresses: lists('/v1/addresses', 'reports:read'),
  // The document is in the function's zip.
  meta: ['/v1/health', '/v1/openapi.json'].map((path) => answers(200, { path })),
};

/** A list, whose cursors the stage's secret signs. */
function lists(path: string, scope: Scope): readonly Probe[] {
  return [answers(200, { path, scope }), answers(400, { path, scope, query: { cursor: NOBODYS_CURSOR } })];
}

interface ProbeRequest {
  readonly method?: string;
  readonly path: string;
  /** Missing for a route that needs no key. */
  readonly scope?: Scope;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function answers(status: number, request: ProbeRequest): Probe {
  return {
    event: proxyEvent(request),
    isRight: (answer) => (answer as Partial<APIGatewayProxyResult> | null)?.statusCode === status,
  };
}

/** Only who may invoke a function can send it a principal: API Gateway takes none from a request. */
function proxyEvent({ method = 'GET', path, scope, query = {}, body }: ProbeRequest): object {
  const scopes = new Set(scope === undefined ? [] : [scope]);
  const authorizer = scope === undefined ? undefined : toContext({ kind: 'principal', keyId: 'probe', scopes });
  return {
    httpMethod: method,
    path,
    resource: path,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: {},
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value]])),
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
