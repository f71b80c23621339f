import { DynamoDBClient, type DynamoDBClientConfig, TransactionConflictException } from '@aws-sdk/client-dynamodb';

/**
 * Attempts of one call: an on-demand table that grows stops throttling within seconds, and a transaction is over in less.
 */
const MAX_ATTEMPTS = 6;

/** The only way in which a service makes its DynamoDB client: once per process, in the wiring. Tests say where to. */
export function createDynamoDbClient(
  place: Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'> = {},
): DynamoDBClient {
  const client = new DynamoDBClient({
    ...place,
    maxAttempts: MAX_ATTEMPTS,
    // A connection that died while the instance was frozen is given up. The client does not wait for it until the
    // function's own end.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  retryConflicts(client);
  return client;
}

/**
 * A write of one item fails while a transaction writes or checks that item, and the SDK would not try it again. Nothing
 * was written then, so that it is safe to.
 */
function retryConflicts({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof TransactionConflictException) Object.assign(error, { $retryable: {} });
        throw error;
      }
    },
    // Inside of the SDK's retries, and outside of what makes errors of answers.
    { name: 'retryConflicts', step: 'deserialize', priority: 'high' },
  );
}
