import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
} from '@aws-sdk/client-apigatewaymanagementapi';

type Client = Pick<ApiGatewayManagementApiClient, 'send'>;

/**
 * Opens `@connections` of the WebSocket API, once for each process. Nothing is tried twice: a frame that is late is worth
 * nothing, and a connection that is still there is closed in the next minute.
 */
export function openSocketClients(endpoint: string): ApiGatewayManagementApiClient {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true };
  return new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1, requestHandler });
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
