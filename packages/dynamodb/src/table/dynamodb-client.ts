import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Attempts of one call: an on-demand table that grows stops throttling within seconds. */
const MAX_ATTEMPTS = 6;

/** The only way in which a service makes its DynamoDB client: once per process, in the wiring. */
export function createDynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: MAX_ATTEMPTS,
    // A connection that died while the instance was frozen is given up. The client does not wait for it until the
    // function's own end.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}
