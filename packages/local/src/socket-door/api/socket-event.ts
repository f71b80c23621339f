import type { HttpRequest } from '../../api-door/proxy/http-request.ts';
import { API_ID, inLogFormat, lastOf } from '../../api-door/proxy/proxy-event.ts';

/** Who is connected. */
export interface SocketClient {
  readonly id: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly connectedAt: number;
  /** What the authorizer of `$connect` said of the caller. */
  readonly authorizer: object | undefined;
}

/** How a connection ended. */
export interface ClosedWith {
  readonly code: number;
  readonly reason: string;
}

/** The connection that an event is about, as far as the door knows it. */
export interface EventSource {
  readonly client: SocketClient;
  readonly requestId: string;
  readonly receivedAt: number;
  readonly stage: string;
  /** Host and port of the door. */
  readonly domainName: string;
}

/** The event of `$connect`, and of its authorizer: the only ones with the request's whole head. */
export function connectEvent(request: HttpRequest, source: EventSource) {
  return {
    ...headOf(request),
    requestContext: contextOf(source, { routeKey: '$connect', eventType: 'CONNECT' }),
    isBase64Encoded: false,
  };
}

/** The event of a message. */
export function messageEvent(body: string, routeKey: string, source: EventSource): object {
  const messageId = source.requestId;
  return {
    requestContext: { ...contextOf(source, { routeKey, eventType: 'MESSAGE' }), messageId },
    body,
    isBase64Encoded: false,
  };
}

/** The event of the end of a connection. */
export function disconnectEvent({ code, reason }: ClosedWith, source: EventSource): object {
  const headers = { Host: source.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: {
      ...contextOf(source, { routeKey: '$disconnect', eventType: 'DISCONNECT' }),
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    isBase64Encoded: false,
  };
}

function headOf({ headers, query }: HttpRequest) {
  return {
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    ...(query.size > 0 && {
      queryStringParameters: lastOf(query),
      multiValueQueryStringParameters: Object.fromEntries(query),
    }),
  };
}

function contextOf(
  { client, requestId, receivedAt, stage, domainName }: EventSource,
  kind: { readonly routeKey: string; readonly eventType: string },
) {
  const { id, sourceIp, userAgent, connectedAt, authorizer } = client;
  return {
    ...kind,
    ...(authorizer && { authorizer }),
    messageDirection: 'IN',
    stage,
    connectedAt,
    connectionId: id,
    requestTime: inLogFormat(receivedAt),
    requestTimeEpoch: receivedAt,
    requestId,
    extendedRequestId: requestId,
    identity: { sourceIp, userAgent },
    domainName,
    apiId: API_ID,
  };
}
