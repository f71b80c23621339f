import { Agent, request } from 'node:http';
import { readAll } from '../aws-calls/read-all.ts';

/** The result of an invocation. */
export type InvokeResult =
  | { readonly outcome: 'returned'; readonly value: unknown }
  /** The function threw, ran out of time, or did not answer JSON. */
  | { readonly outcome: 'failed'; readonly reason: string }
  /** The service is not running (not yet, or not now): the function was not run, or nobody can tell. */
  | { readonly outcome: 'unreachable' };

/** Invokes one function and waits for its result. */
export type Invoke = (event: object) => Promise<InvokeResult>;

// A new connection for each call: there are few calls, and each restart of the service would end a connection that is
// kept.
const agent = new Agent({ keepAlive: false });

/** Invokes functions through Lambda's Invoke API, as serverless-offline exposes it. */
export function createInvoke(lambdaUrl: string, functionName: string): Invoke {
  return async (event) => {
    const payload = Buffer.from(JSON.stringify(event));
    const answer = await postEvent({ lambdaUrl, name: functionName }, payload).catch(() => undefined);
    if (answer === undefined) return { outcome: 'unreachable' };
    return interpret(answer);
  };
}

/** Whether the Invoke API answers at all. */
export async function isInvokable(lambdaUrl: string): Promise<boolean> {
  // Any answer is enough: it is a 404.
  return (await fetch(lambdaUrl).catch(() => undefined)) !== undefined;
}

/** What the Invoke API answers. */
export interface InvokeAnswer {
  readonly status: number;
  readonly functionError: boolean;
  readonly text: string;
}

/** Sends an event to a function, and waits for its answer however long the function takes. */
export function postEvent(
  { lambdaUrl, name }: { readonly lambdaUrl: string; readonly name: string },
  payload: Buffer,
  more: Readonly<Record<string, string>> = {},
): Promise<InvokeAnswer> {
  const url = new URL(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, lambdaUrl);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': payload.length, ...more };
    const outgoing = request(url, { method: 'POST', agent, headers });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const functionError = response.headers['x-amz-function-error'] !== undefined;
      readAll(response).then(
        (body) => resolve({ status: response.statusCode ?? 500, functionError, text: body.toString('utf8') }),
        reject,
      );
    });
    outgoing.end(payload);
  });
}

function interpret({ status, functionError, text }: InvokeAnswer): InvokeResult {
  if (functionError || status >= 400) return { outcome: 'failed', reason: text.slice(0, 500) };
  try {
    return { outcome: 'returned', value: text === '' ? null : (JSON.parse(text) as unknown) };
  } catch {
    return { outcome: 'failed', reason: `the function did not return JSON: ${text.slice(0, 200)}` };
  }
}
