import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import { ACCOUNT_ID, resolveValue } from '../registration/template-values.ts';
import type { FunctionEvent } from './function-event.ts';
import type { InvokeResult } from './lambda-invoke.ts';
import { createPermits } from './permits.ts';
import { sendMessage } from './send-message.ts';

/** Invocations of one function at once: each takes a worker of its own, and all run on one machine. */
const MAX_CONCURRENCY = 4;

/** What is needed for asynchronous invocations. */
export interface InvokeAsyncDeps {
  readonly aws: AwsClient;
  readonly log: (line: string) => void;
  /** One try for each of these pauses, which come before it. */
  readonly pausesMs: readonly number[];
}

/** Invokes a function for an event without waiting for its result. `what` names the event in the log. */
export type InvokeAsync = (payload: object, what: string) => Promise<void>;

/**
 * Invokes as Lambda does asynchronously: a function that fails is tried again. An event that fails each time goes to
 * the function's on-failure destination, in Lambda's form; without a destination it is dropped.
 */
export function createInvokeAsync(event: FunctionEvent, deps: InvokeAsyncDeps): InvokeAsync {
  const { aws, log, pausesMs } = deps;
  const { name } = event.definition;
  const withPermit = createPermits(MAX_CONCURRENCY);
  const destination = destinationOf(event);
  return async (payload, what) => {
    let result: InvokeResult = { outcome: 'unreachable' };
    for (const pauseMs of pausesMs) {
      await sleep(pauseMs);
      result = await withPermit(() => event.invoke(payload));
      if (result.outcome === 'returned') return;
    }
    log(`${name}: Gave up ${what}${destination === undefined ? '' : `, which is now in ${destination}`}`);
    if (destination === undefined) return;
    await sendMessage(aws, destination, givenUp(event, payload, { result, attempts: pausesMs.length })).catch(
      (error: unknown) => log(`${name}: ${destination} did not take ${what}: ${error}`),
    );
  };
}

function destinationOf({ definition, scope }: FunctionEvent): string | undefined {
  const given = resolveValue(definition.onFailure, scope);
  if (given === undefined || given === null) return undefined;
  return typeof given === 'object' ? String((given as { arn?: unknown }).arn) : String(given);
}

function givenUp(
  { definition, registration }: FunctionEvent,
  requestPayload: object,
  { result, attempts }: { readonly result: InvokeResult; readonly attempts: number },
): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `arn:aws:lambda:${registration.region}:${ACCOUNT_ID}:function:${definition.name}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: result.outcome === 'failed' ? result.reason : result.outcome },
  };
}
