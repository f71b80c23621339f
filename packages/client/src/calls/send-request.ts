import type { Problem } from '../api/schemas.ts';
import type { Request } from './build-request.ts';
import { ProblemError, type RefusedAnswer, UnreachableError } from './call-errors.ts';

/** What calls need, and which tests replace. */
export interface CallDeps {
  /** The base URL, without a `/` at its end. */
  readonly url: string;
  readonly key: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** How long one call tries, in milliseconds. */
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after so many milliseconds, or rejects with the reason of the signal. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly newId: () => string;
}

/** An answer that is a success, with its body as text. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The options of one call. */
export interface CallOptions {
  /** Ends the call, and its retries; the call rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call tries, in milliseconds, if not as long as the client's calls do. */
  readonly timeoutMs?: number | undefined;
}

/** The first wait before a request is sent again; each next one may be twice as long, up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** API Gateway answers within 29 seconds. */
const ATTEMPT_MS = 30_000;
/** Nothing was done for a request that got one of these. */
const UNDONE = new Set([408, 429]);

/**
 * Sends a request until the API has answered it, and gives an answer that is a success. It is sent again after 408, 429,
 * 5xx and no answer: each time after `retry-after`, and after growing waits with full jitter. Rejects with
 * `ProblemError` or `UnreachableError`.
 */
export async function sendRequest(deps: CallDeps, request: Request, options: CallOptions = {}): Promise<Reply> {
  const { signal, timeoutMs = deps.timeoutMs } = options;
  const deadline = deps.now() + timeoutMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const found = await sendOnce(deps, request, { signal, leftMs: deadline - deps.now() });
    if (!(found instanceof Error)) return found;
    const { retryAfterMs = 0 } = found as ProblemError;
    const pauseMs = retryAfterMs + Math.ceil(deps.random() * waitMs);
    if (!mayHelp(request, found) || deps.now() + pauseMs >= deadline) throw found;
    await deps.sleep(pauseMs, signal);
  }
}

async function sendOnce(
  { url, key, fetch }: CallDeps,
  { method, target, headers, body, keepalive = false }: Request,
  { signal, leftMs }: { signal: AbortSignal | undefined; leftMs: number },
): Promise<Reply | ProblemError | UnreachableError> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(Math.max(1, Math.min(ATTEMPT_MS, leftMs)));
  try {
    const response = await fetch(`${url}${target}`, {
      method,
      keepalive,
      headers: { ...headers, ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const reply = { status: response.status, headers: response.headers, text: await response.text() };
    return response.ok ? reply : new ProblemError(toRefusal(reply));
  } catch (cause) {
    signal?.throwIfAborted();
    return new UnreachableError(`no answer to ${method} ${url}${target}`, { cause });
  }
}

function toRefusal({ status, headers, text }: Reply): RefusedAnswer {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterMs: seconds >= 0 ? 1_000 * seconds : undefined,
    problem: headers.get('content-type')?.startsWith('application/problem+json') ? readProblem(text) : undefined,
  };
}

/** A proxy may answer problems too, and not all of them have what ours have. */
function readProblem(text: string): Problem | undefined {
  try {
    const problem = JSON.parse(text) as Problem | null;
    return typeof problem?.type === 'string' ? problem : undefined;
  } catch {
    return undefined;
  }
}

/** Whether another attempt may be answered otherwise, and does no harm. */
function mayHelp({ method, headers }: Request, error: ProblemError | UnreachableError): boolean {
  const { status = 0, problem } = error as ProblemError;
  if (UNDONE.has(status) || problem === 'idempotency-in-progress') return true;
  if (status > 0 && status < 500) return false;
  // Its own first attempt may have changed the state that it names, and the next one would be refused for that.
  return method === 'GET' || !('if-match' in headers || 'if-none-match' in headers);
}
