import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { Logger } from '@weir/logging';
import type { PostFrame } from '../live/post-frame.ts';

type Client = Pick<ApiGatewayManagementApiClient, 'send'>;

/** Opens `@connections` of the WebSocket API, once for each process. A frame that is late is worth no second attempt. */
export function openSocketClients(endpoint: string): ApiGatewayManagementApiClient {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true };
  return new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1, requestHandler });
}

/** Posts a message. It never rejects: whatever else goes wrong is logged, and the message is dropped. */
export function createPostFrame({ client, log }: { readonly client: Client; readonly log: Logger }): PostFrame {
  return async (ConnectionId, message) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: JSON.stringify(message) }));
      return 'sent';
    } catch (error) {
      if (error instanceof GoneException) return 'gone';
      // Too many requests, or the client does not read.
      if (!(error instanceof LimitExceededException)) log.warn('A message cannot be posted', { error });
      return 'dropped';
    }
  };
}

/** Ends a connection; one that has ended already is no error. */
export function createDisconnect(client: Client) {
  return async (ConnectionId: string): Promise<void> => {
    try {
      await client.send(new DeleteConnectionCommand({ ConnectionId }));
    } catch (error) {
      if (!(error instanceof GoneException)) throw error;
    }
  };
}
