import {
  InvokeCommand,
  LambdaClient,
  type LambdaClientConfig,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { Invoke, Invoked } from '../commands/invoke.ts';

/** A function may take 15 minutes. */
const REQUEST_TIMEOUT_MS = 960_000;

/** Calls functions of an account, or of the local AWS. A call is never repeated: it may be under way still. */
export function createLambdaInvoke(config: LambdaClientConfig): Invoke {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: REQUEST_TIMEOUT_MS };
  const client = new LambdaClient({ ...config, maxAttempts: 1, requestHandler });
  return async (FunctionName, event) => {
    try {
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
      );
      return invoked(FunctionError, Payload?.transformToString() ?? 'null');
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return { kind: 'unknown-function' };
      return { kind: 'unreached', message: error instanceof Error ? error.message : String(error) };
    } finally {
      client.destroy();
    }
  };
}

function invoked(functionError: string | undefined, payload: string): Invoked {
  const answer: unknown = JSON.parse(payload);
  if (functionError === undefined) return { kind: 'returned', answer };
  const { errorMessage } = (answer ?? {}) as { readonly errorMessage?: string };
  return { kind: 'failed', message: errorMessage ?? functionError };
}
