import { SESv2Client } from '@aws-sdk/client-sesv2';

/** Less than the function's time-out, so that a slow answer is noted as one that nobody knows. */
const REQUEST_TIMEOUT_MS = 10_000;

/** A client that asks SES once for each call: a second try could send a second mail. */
export function createSesClient(): SESv2Client {
  return new SESv2Client({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
  });
}
