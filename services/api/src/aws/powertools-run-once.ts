import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Logger, Meter } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { OnceOutcome, OnceRequest, RunOnce, Work } from '../idempotency/run-once.ts';
import { REMEMBERED_SECONDS } from '../idempotency/run-once.ts';

/**
 * The largest difference between the clocks of two instances. A record counts as running for this long after its process
 * must have ended.
 */
const CLOCK_SKEW_MS = 1_000;

/** Dependencies of `createPowertoolsRunOnce`. */
export interface PowertoolsRunOnceDeps {
  readonly tableName: string;
  readonly meter: Meter;
  readonly log: Logger;
  readonly client?: DynamoDBClient;
}

/** Thrown through Powertools to make it remove the record: it stores everything that a function returns. */
class NotToBeRemembered extends Error {}

/**
 * Runs requests once, with records in a DynamoDB table. If the record of a finished request cannot be written, the answer
 * is sent all the same, and a metric counts it. A process that dies leaves a record, which expires when the process's
 * time would have ended.
 */
export function createPowertoolsRunOnce({
  tableName,
  meter,
  log,
  client = createClient(),
}: PowertoolsRunOnceDeps): RunOnce {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client, expiryAttr: 'expiresAt' });

  return async (request, work) => {
    const { run, state } = observed(work);
    // A key prefix of our own; otherwise it would be the function's name. Only POST requests are stored.
    const once = makeIdempotent(run, { persistenceStore, config: configFor(request), keyPrefix: 'post' });
    try {
      const text = await once({ id: request.id, fingerprint: request.fingerprint });
      return state.kind === 'waiting' ? { kind: 'replay', text } : { kind: 'ran' };
    } catch (error) {
      if (state.kind === 'failed') throw state.error;
      if (state.kind === 'waiting') return refuse(error, log);
      if (!(error instanceof NotToBeRemembered)) {
        meter.count('IdempotencyNotRemembered');
        log.error('The record of an answer could not be written or removed', { error });
      }
      return { kind: 'ran' };
    }
  };
}

/** A client that gives up while the function can still answer. A request waits for it twice. */
function createClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 300, requestTimeout: 700, throwOnRequestTimeout: true },
  });
}

/** The outcome for a request that was not run, by Powertools' error. */
function refuse(error: unknown, log: Logger): OnceOutcome {
  const name = error instanceof Error ? error.name : '';
  if (name === 'IdempotencyAlreadyInProgressError') return { kind: 'in-progress' };
  if (name === 'IdempotencyValidationError') return { kind: 'reused' };
  log.error('The idempotency table cannot be reached', { error });
  return { kind: 'unavailable' };
}

type State = { kind: 'waiting' } | { kind: 'done' } | { kind: 'failed'; error: unknown };

/** The work in the form that Powertools runs, with its progress. */
function observed(work: Work): { run: (payload: object) => Promise<string>; state: State } {
  const state: State = { kind: 'waiting' };
  const run = async (): Promise<string> => {
    const text = await work().catch((error: unknown) => {
      Object.assign(state, { kind: 'failed', error });
      throw error;
    });
    Object.assign(state, { kind: 'done' });
    if (text === undefined) throw new NotToBeRemembered();
    return text;
  };
  return { run, state };
}

function configFor({ remainingMs }: OnceRequest): IdempotencyConfig {
  return new IdempotencyConfig({
    eventKeyJmesPath: 'id',
    payloadValidationJmesPath: 'fingerprint',
    throwOnNoIdempotencyKey: true,
    hashFunction: 'sha256',
    expiresAfterSeconds: REMEMBERED_SECONDS,
    lambdaContext: { getRemainingTimeInMillis: () => remainingMs + CLOCK_SKEW_MS } as Context,
  });
}
