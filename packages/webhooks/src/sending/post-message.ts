import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { checkUrl, type GoodUrl, type UrlRules } from '../addresses/check-url.ts';
import { pinTo } from './pin-to.ts';
import { type AnswerOfPost, readAnswer } from './read-answer.ts';

/** For the name servers, the connection and the answer together. */
const POST_MS = 15_000;
const MAX_ERROR_CHARACTERS = 200;

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What came of a POST: an answer, none, or nothing was sent as the URL may not be called. Never more than `POST_MS`. */
export type PostResult = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly durationMs: number;
} & (AnswerOfPost | { readonly kind: 'unanswered' | 'refused'; readonly error: string });

/** Posts once. It never rejects, and follows no redirect. */
export type PostMessage = (request: PostRequest) => Promise<PostResult>;

export interface PostOptions extends UrlRules {
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/** Posts to addresses that may be called, over a connection of its own, to the address that was checked. */
export function createPostMessage({ now, timeoutMs = POST_MS, ...rules }: PostOptions): PostMessage {
  return async (request) => {
    const at = now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    const result = await postOnce(request, rules, late.signal).catch((error: unknown) => ({
      kind: 'unanswered' as const,
      error: late.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : textOf(error),
    }));
    clearTimeout(timer);
    return { at, durationMs: Math.max(0, now() - at), ...result };
  };
}

async function postOnce(request: PostRequest, rules: UrlRules, signal: AbortSignal) {
  const checked = await Promise.race([checkUrl(request.url, rules), rejectAt(signal)]);
  if ('url' in checked) return readAnswer(await Promise.race([send(checked, request, signal), rejectAt(signal)]));
  // A name server that knows no address now may know one at the next attempt.
  const kind = checked.refusal === 'no-address' ? ('unanswered' as const) : ('refused' as const);
  return { kind, error: checked.detail };
}

function send({ url, address }: GoodUrl, { headers, body }: PostRequest, signal: AbortSignal) {
  const { promise, resolve, reject } = Promise.withResolvers<Parameters<typeof readAnswer>[0]>();
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  // No agent: a connection that was kept open would not be checked again.
  const options = { method: 'POST', agent: false, lookup: pinTo(address), signal } as const;
  const sent = request(url, { ...options, headers: { ...headers, 'content-length': body.length } }, resolve);
  sent.on('error', reject);
  // An answer that changes the protocol ends without an error and without an answer.
  sent.on('close', () => reject(new Error('the connection was closed without an answer')));
  sent.end(body);
  return promise;
}

function rejectAt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(0, MAX_ERROR_CHARACTERS);
}
