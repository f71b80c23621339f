import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Attempts of one call: throttling of an on-demand table that grows passes within seconds. */
const MAX_ATTEMPTS = 6;

/** The one way in which a service makes its DynamoDB client: once per process, in the wiring. */
export function createDynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: MAX_ATTEMPTS,
    // A connection that died while the instance was frozen is given up, not waited for until the function's own end.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}
