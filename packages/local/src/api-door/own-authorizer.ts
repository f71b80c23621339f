/** The emulator's answer to a context that is not an object, and, because of `answerOfAuthorizer`, to every failure. */
const FAILED = 'AuthorizerConfigurationException';

/** Whether an answer of the emulator says that the authorizer failed; a crash alone would look like a bad key. */
export function saysAuthorizerFailed(errorType: string | string[] | undefined): boolean {
  return errorType === FAILED;
}

/** The header's text with which a function was called as an authorizer of a REST API; undefined if it was not. */
export function askedAbout(event: unknown): string | undefined {
  const { type, methodArn, identitySource } = (event ?? {}) as Readonly<Record<string, unknown>>;
  if ((type !== 'REQUEST' && type !== 'TOKEN') || typeof methodArn !== 'string') return undefined;
  return typeof identitySource === 'string' ? identitySource : '';
}

/** Calls that are running, by the header's text. */
export type CallsUnderWay = Map<string, Promise<unknown>>;

/**
 * Requests that arrive together with the same header text share one call of the authorizer. API Gateway shares it for a
 * minute. Here a removed key is refused at once, and the emulator does not start a thread for each request.
 */
export function shareCall(calls: CallsUnderWay, asked: string, call: () => Promise<unknown>): Promise<unknown> {
  const underWay = calls.get(asked);
  if (underWay !== undefined) return underWay;
  const started = call().finally(() => calls.delete(asked));
  calls.set(asked, started);
  return started;
}

/** Makes the emulator report a failure: an answer with a valid policy and an invalid context. */
const FAILURE = {
  principalId: 'nobody',
  policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] },
  context: 'failed',
};

/**
 * Runs an authorizer as API Gateway does: the error `Unauthorized` is a 401; every other error, a time-out and a
 * malformed answer are failures. The emulator takes all of them for a 401.
 */
export async function answerOfAuthorizer(run: () => Promise<unknown>): Promise<unknown> {
  try {
    const answer = await run();
    return isAnswer(answer) ? answer : FAILURE;
  } catch (error) {
    if (error instanceof Error && error.message === 'Unauthorized') throw error;
    return FAILURE;
  }
}

function isAnswer(answer: unknown): boolean {
  const { principalId, policyDocument } = (answer ?? {}) as { principalId?: unknown; policyDocument?: object };
  const { Statement } = (policyDocument ?? {}) as { Statement?: unknown };
  return typeof principalId === 'string' && principalId !== '' && Array.isArray(Statement);
}
