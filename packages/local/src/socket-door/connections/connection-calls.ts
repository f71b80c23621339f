import type { AwsCall, Reply } from '../../aws-calls/aws-call.ts';
import type { Answer } from '../../aws-calls/backend.ts';
import { errorReply } from '../../aws-calls/error-reply.ts';
import { type Connection, SOCKET_LIMITS } from './connection.ts';

/** The form of the ids that the door gives. */
const ID = /^[\w-]{15}=$/;

/** Answers the calls of API Gateway's management API (`@connections`) for these connections. */
export function answerConnectionCalls(connections: ReadonlyMap<string, Connection>): Answer {
  return async (call, _head, body) => {
    const id = decoded(call.resource ?? '');
    if (!ID.test(id)) {
      return errorReply(call, { status: 400, code: 'BadRequestException', message: `Invalid connectionId: ${id}` });
    }
    const connection = connections.get(id);
    if (connection === undefined || !connection.isOpen()) return gone(call);
    return carryOut(call, connection, body);
  };
}

function carryOut(call: AwsCall, connection: Connection, body: Buffer): Reply {
  switch (call.action) {
    case 'PostToConnection': {
      if (body.length > SOCKET_LIMITS.maxMessageBytes) {
        return errorReply(call, { status: 413, code: 'PayloadTooLargeException', message: 'Message too long' });
      }
      return connection.post(body) ? reply(200) : gone(call);
    }
    case 'GetConnection':
      return reply(200, JSON.stringify(describe(connection)));
    case 'DeleteConnection':
      connection.close(1000, 'Connection Closed Normally');
      return reply(204);
    default:
      return errorReply(call, { status: 403, code: 'MissingAuthenticationTokenException', message: 'Forbidden' });
  }
}

function describe({ client, lastActiveAt }: Connection): object {
  const { connectedAt, sourceIp, userAgent } = client;
  return {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveAt()).toISOString(),
  };
}

function gone(call: AwsCall): Reply {
  return errorReply(call, { status: 410, code: 'GoneException', message: 'Gone' });
}

function reply(status: number, body = ''): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
