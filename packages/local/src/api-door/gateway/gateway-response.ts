import { type Context, contextOfRequest, type GatewayRequest, headerValue, renderTemplate } from './gateway-context.ts';

/** The kinds of error that API Gateway answers itself, and that the API's door meets. */
export type GatewayErrorType =
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'UNAUTHORIZED'
  | 'ACCESS_DENIED'
  | 'AUTHORIZER_FAILURE'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'REQUEST_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX';

/** The properties of an `AWS::ApiGateway::GatewayResponse` in a template. */
export interface GatewayResponseProperties {
  readonly ResponseType: string;
  readonly StatusCode?: string | number;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** One error to answer. */
export interface GatewayError extends GatewayRequest {
  readonly type: GatewayErrorType;
  /** If the type alone does not define it (DEFAULT_4XX, DEFAULT_5XX). */
  readonly status?: number;
}

/** An answer as it goes to the client. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Status and message that API Gateway uses if the template defines none (API Gateway, "Gateway response types"). */
const BUILT_IN: Readonly<Record<GatewayErrorType, { status: number; message: string }>> = {
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Missing required request parameters' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  ACCESS_DENIED: { status: 403, message: 'Access denied' },
  AUTHORIZER_FAILURE: { status: 500, message: 'Authorizer error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Authorizer configuration error' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type' },
  INTEGRATION_FAILURE: { status: 504, message: 'Network error communicating with endpoint' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  DEFAULT_4XX: { status: 400, message: 'Bad Request' },
  DEFAULT_5XX: { status: 502, message: 'Internal server error' },
};

/**
 * Answers an error as API Gateway would with these gateway responses; a more specific type takes precedence over
 * DEFAULT_nXX.
 */
export function answerGatewayError(
  error: GatewayError,
  responses: readonly GatewayResponseProperties[],
): GatewayAnswer {
  const { status: builtInStatus, message } = BUILT_IN[error.type];
  const ownStatus = error.status ?? builtInStatus;
  const own = responses.find(({ ResponseType }) => ResponseType === error.type);
  const fallback = responses.find(
    ({ ResponseType }) => ResponseType === (ownStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'),
  );
  const response = own ?? fallback;
  const context = contextOf(error, message);
  const [contentType, template] = templateOf(response);
  return {
    // A status code set on a default changes that of every error that falls back to it (API Gateway, DEFAULT_4XX).
    status: Number(response?.StatusCode ?? ownStatus),
    headers: { 'content-type': contentType, ...parametersOf(response, context) },
    body: renderTemplate(template, context),
  };
}

function templateOf(response: GatewayResponseProperties | undefined): readonly [string, string] {
  const templates = response?.ResponseTemplates ?? {};
  const json = templates['application/json'];
  if (json !== undefined) return ['application/json', json];
  return Object.entries(templates)[0] ?? ['application/json', '{"message":$context.error.messageString}'];
}

function contextOf(error: GatewayError, message: string): Context {
  return new Map([
    ...contextOfRequest(error),
    ['error.message', message],
    ['error.messageString', JSON.stringify(message)],
    ['error.responseType', error.type],
  ]);
}

function parametersOf(response: GatewayResponseProperties | undefined, context: Context): Record<string, string> {
  const prefix = 'gatewayresponse.header.';
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(response?.ResponseParameters ?? {})) {
    if (key.startsWith(prefix)) headers[key.slice(prefix.length).toLowerCase()] = headerValue(value, context);
  }
  return headers;
}

/** The gateway responses among a resolved template's `Resources`. */
export function gatewayResponsesOf(resources: Readonly<Record<string, unknown>>): GatewayResponseProperties[] {
  return Object.values(resources).flatMap((resource) => {
    const { Type, Properties } = (resource ?? {}) as { Type?: unknown; Properties?: GatewayResponseProperties };
    return Type === 'AWS::ApiGateway::GatewayResponse' && Properties !== undefined ? [Properties] : [];
  });
}
