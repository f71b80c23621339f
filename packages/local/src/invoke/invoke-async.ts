import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import { expectRight, sendNeeds } from '../aws-door/rights/needs/acting-needs.ts';
import { resolveValue } from '../registration/template-values.ts';
import { type FunctionEvent, functionArn } from './function-event.ts';
import { destinationInWords, failureInWords } from './given-up-words.ts';
import type { InvokeResult } from './lambda-invoke.ts';
import { createPermits } from './permits.ts';
import { type OutgoingMessage, sendWithAttributes } from './send-message.ts';

/** Invocations of one function at once: each takes a worker of its own, and all run on one machine. */
const MAX_CONCURRENCY = 4;

/** Lambda tries an asynchronous invocation three times; the pauses are shorter here than its minutes. */
export const PAUSES_MS: readonly number[] = [0, 1000, 5000];

/** What is needed for asynchronous invocations. */
export interface InvokeAsyncDeps {
  readonly aws: AwsClient;
  readonly log: (line: string) => void;
  /** One try for each of these pauses, which come before it; fewer if the function says so. */
  readonly pausesMs: readonly number[];
  /** Waits for a pause; for tests, and for a source that ends. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Invokes a function for an event without waiting for its result. `what` names the event in the log. */
export type InvokeAsync = (payload: object, what: string) => Promise<void>;

/** What became of an event. */
interface Ended {
  readonly result: InvokeResult;
  readonly attempts: number;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
}

/**
 * Invokes as Lambda does asynchronously: a function that fails is tried again. An event that fails each time, or becomes
 * too old, goes to the function's on-failure destination in Lambda's form, and as it is to its dead-letter queue or
 * topic; without either it is dropped.
 */
export function createInvokeAsync(event: FunctionEvent, deps: InvokeAsyncDeps): InvokeAsync {
  const { aws, log } = deps;
  const { name } = event.definition;
  const withPermit = createPermits(MAX_CONCURRENCY);
  const invoke = (payload: object) => withPermit(() => event.invoke(payload));
  return async (payload, what) => {
    const ownLog = (line: string): void => log(`${name}: ${line}`);
    const ended = await runUntilOver({ ...event, invoke }, payload, { ...deps, log: ownLog });
    const places: string[] = [];
    for (const message of outgoingOf(event, payload, ended)) {
      await sendInName(event, message, aws).then(
        () => places.push(destinationInWords(message.destination)),
        (error: unknown) => ownLog(`${message.destination} did not take ${what}: ${error}`),
      );
    }
    if (ended.condition === 'Success') return;
    const where = places.length === 0 ? 'which is lost' : `which is now in ${places.join(' and ')}`;
    ownLog(`Gave up ${what} (${ended.condition}: ${failureInWords(ended.result)}), ${where}`);
  };
}

/** Lambda sends in the name of the function: its role must allow it. */
async function sendInName({ lacks }: FunctionEvent, message: OutgoingMessage, aws: AwsClient): Promise<void> {
  expectRight(lacks, sendNeeds(message.destination));
  await sendWithAttributes(aws, message);
}

async function runUntilOver(
  event: FunctionEvent,
  payload: object,
  { pausesMs, pause = sleep, log }: InvokeAsyncDeps,
): Promise<Ended> {
  const { maximumRetryAttempts = pausesMs.length - 1, maximumEventAge = Number.POSITIVE_INFINITY } = event.definition;
  const tooOldAt = Date.now() + maximumEventAge * 1000;
  let result: InvokeResult = { outcome: 'unreachable' };
  let attempts = 0;
  const pauses = pausesMs.slice(0, 1 + maximumRetryAttempts);
  for (const pauseMs of pauses) {
    await pause(pauseMs);
    if (Date.now() > tooOldAt) return { result, attempts, condition: 'EventAgeExceeded' };
    attempts += 1;
    result = await event.invoke(payload);
    if (result.outcome === 'returned') return { result, attempts, condition: 'Success' };
    const nextPauseMs = pauses[attempts];
    const isLast = nextPauseMs === undefined || Date.now() + nextPauseMs > tooOldAt;
    if (!isLast) log(`Failed, and will be tried again: ${failureInWords(result)}`);
  }
  return { result, attempts, condition: 'RetriesExhausted' };
}

/** Where an event goes in the end; Lambda tells both, the destination and the dead-letter queue. */
function outgoingOf(event: FunctionEvent, payload: object, ended: Ended): readonly OutgoingMessage[] {
  const { onSuccess, onFailure, onError } = event.definition;
  const isOver = ended.condition === 'Success';
  const destination = arnOf(isOver ? onSuccess : onFailure, event);
  const deadLetters = isOver ? undefined : arnOf(onError, event);
  const record = invocationRecord(event, payload, ended);
  return [
    ...(destination === undefined ? [] : [{ destination, message: record }]),
    ...(deadLetters === undefined ? [] : [deadLetter(deadLetters, payload, ended)]),
  ];
}

function arnOf(given: unknown, { scope }: FunctionEvent): string | undefined {
  const resolved = resolveValue(given, scope);
  if (resolved === undefined || resolved === null) return undefined;
  return typeof resolved === 'object' ? String((resolved as { arn?: unknown }).arn) : String(resolved);
}

function deadLetter(destination: string, message: object, { result }: Ended): OutgoingMessage {
  const ErrorMessage = reasonOf(result).slice(0, 1024) || 'Unknown';
  return { destination, message, attributes: { RequestID: randomUUID(), ErrorCode: 200, ErrorMessage } };
}

function invocationRecord(
  event: FunctionEvent,
  requestPayload: object,
  { result, attempts, condition }: Ended,
): object {
  const failed = result.outcome !== 'returned';
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn(event)}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload,
    responseContext: {
      ...{ statusCode: 200, executedVersion: '$LATEST' },
      ...(failed ? { functionError: 'Unhandled' } : {}),
    },
    responsePayload: failed ? { errorMessage: reasonOf(result) } : result.value,
  };
}

function reasonOf(result: InvokeResult): string {
  return result.outcome === 'failed' ? result.reason : result.outcome;
}
