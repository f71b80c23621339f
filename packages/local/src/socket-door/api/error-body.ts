/** An error of API Gateway, as clients of a WebSocket API see it. */
export interface SocketError {
  readonly message: string;
  readonly connectionId: string;
  readonly requestId: string;
}

/** The text of an error: the body of a refused handshake, or a message to a client that is connected. */
export function errorBody({ message, connectionId, requestId }: SocketError): string {
  return JSON.stringify({ message, connectionId, requestId });
}
