import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { Said } from '../answer-message.ts';
import type { Handshake, HandshakeAnswer } from '../connect.ts';
import { offeredProtocols } from '../protocol/offered-protocols.ts';

/** What API Gateway sends for each handshake, message and end of a connection. */
export interface SocketEvent {
  readonly requestContext: {
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    readonly connectionId: string;
    readonly requestId: string;
  };
  /** Of a handshake. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a message. */
  readonly body?: string;
}

export interface SocketHandlerDeps {
  readonly connect: (handshake: Handshake) => Promise<HandshakeAnswer>;
  readonly answer: (said: Said) => Promise<void>;
  readonly close: (connectionId: string) => Promise<unknown>;
}

/** The Lambda handler of the WebSocket API. If it throws, API Gateway tells the client, which subscribes again. */
export function createSocketHandler({ observe }: Telemetry, { connect, answer, close }: SocketHandlerDeps) {
  return ({ requestContext, headers, body = '' }: SocketEvent, context: Context): Promise<HandshakeAnswer> => {
    const { eventType, connectionId, requestId: correlationId } = requestContext;
    const outcomeOf = ({ statusCode }: HandshakeAnswer) => String(statusCode);
    return observe({ context, correlationId, annotations: { eventType }, outcomeOf }, async () => {
      if (eventType === 'CONNECT') return connect({ connectionId, offered: offeredProtocols(headers) });
      if (eventType === 'DISCONNECT') await close(connectionId);
      else await answer({ connectionId, text: body });
      return { statusCode: 200 };
    });
  };
}
