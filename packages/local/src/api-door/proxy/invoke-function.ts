import { Agent, type IncomingMessage, request } from 'node:http';
import { readAll } from '../../aws-calls/read-all.ts';
import type { FunctionTarget } from '../gateway/route.ts';

/** What came of an invocation. */
export type Invocation =
  | { readonly outcome: 'returned'; readonly value: unknown }
  /** The function threw, ran out of its own time, or is not there. */
  | { readonly outcome: 'threw'; readonly message: string }
  /** The event is larger than Lambda takes: 6 MB. */
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'unreachable' };

/** Invokes a function, and waits for what it returns. */
export type InvokeFunction = (target: FunctionTarget, event: object) => Promise<Invocation>;

/**
 * The emulator starts an instance of a function, a thread with its own heap, for each invocation that finds none idle. More
 * of them than this only make a laptop slower: further requests wait for their turn.
 */
const MAX_AT_ONCE = 16;

/** Lambda's limit on what a function is given, and on what it returns: 6 MB ("Lambda quotas"). */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Functions behind Lambda's Invoke API. */
export interface Functions {
  readonly invoke: InvokeFunction;
  close(): void;
}

/** Invokes functions through Lambda's Invoke API, at most 16 of a service at once. */
export function createFunctions(timeoutMs: number): Functions {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_AT_ONCE });
  return {
    invoke: async ({ name, lambdaUrl }, event) => {
      const url = new URL(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, lambdaUrl);
      const payload = Buffer.from(JSON.stringify(event));
      if (payload.length > MAX_PAYLOAD_BYTES) return { outcome: 'too-large' };
      const posted = await post(url, payload, { agent, timeoutMs });
      return posted instanceof Object ? interpret(posted) : { outcome: posted };
    },
    close: () => agent.destroy(),
  };
}

interface InvokeAnswer {
  readonly status: number;
  readonly hasThrown: boolean;
  readonly text: string;
}

type NoAnswer = 'timed-out' | 'unreachable';

function post(
  url: URL,
  payload: Buffer,
  { agent, timeoutMs }: { readonly agent: Agent; readonly timeoutMs: number },
): Promise<InvokeAnswer | NoAnswer> {
  const { promise, resolve } = Promise.withResolvers<InvokeAnswer | NoAnswer>();
  const headers = { 'content-type': 'application/json', 'content-length': payload.length };
  const outgoing = request(url, { method: 'POST', agent, headers });
  let timeout: NodeJS.Timeout | undefined;
  // From when it is the request's turn, so that a queue of our own is not the function's slowness.
  outgoing.once('socket', () => {
    timeout = setTimeout(() => {
      resolve('timed-out');
      outgoing.destroy();
    }, timeoutMs);
  });
  outgoing.once('response', (response) => readAnswer(response).then(resolve, () => resolve('unreachable')));
  outgoing.once('error', () => resolve('unreachable'));
  outgoing.end(payload);
  return promise.finally(() => clearTimeout(timeout));
}

async function readAnswer(response: IncomingMessage): Promise<InvokeAnswer> {
  const hasThrown = response.headers['x-amz-function-error'] !== undefined;
  const body = await readAll(response);
  const isTooLarge = body.length > MAX_PAYLOAD_BYTES;
  return {
    status: response.statusCode ?? 500,
    hasThrown: hasThrown || isTooLarge,
    text: isTooLarge ? 'the answer is larger than Lambda returns' : body.toString('utf8'),
  };
}

function interpret({ status, hasThrown, text }: InvokeAnswer): Invocation {
  if (status === 413) return { outcome: 'too-large' };
  const value = parse(text);
  if (!hasThrown && status < 400) return { outcome: 'returned', value };
  return { outcome: 'threw', message: String((value as { errorMessage?: unknown } | undefined)?.errorMessage ?? text) };
}

/** Nothing at all, and what is not JSON, is undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
