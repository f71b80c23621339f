import type { CallDeps } from '../calls/send-request.ts';

/** A request as the API got it. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** What the JSON says; undefined without a body. */
  readonly body: unknown;
  readonly keepalive: boolean;
}

/** The answer to a request, or the error of a network that has none. */
export type Fate = Response | Error | Promise<Response>;

/** What a problem has beside its name. */
export interface ProblemParts {
  readonly detail?: string;
  readonly errors?: readonly object[];
  readonly headers?: Record<string, string>;
}

/** An API that keeps what it gets, and answers each request by `fate`. Its clock moves only while somebody sleeps. */
export class FakeApi {
  readonly sent: Sent[] = [];
  readonly pauses: number[] = [];
  #now = 1_764_000_000_000;
  #ids = 0;
  readonly #fate: (sent: Sent, index: number) => Fate;

  constructor(fate: (sent: Sent, index: number) => Fate) {
    this.#fate = fate;
  }

  readonly fetch: typeof globalThis.fetch = async (url, init = {}) => {
    const { method = 'GET', headers, body, keepalive = false, signal } = init;
    const sent = { method, url: String(url), headers: new Headers(headers), keepalive };
    this.sent.push({ ...sent, body: typeof body === 'string' ? JSON.parse(body) : undefined });
    const found = this.#fate(this.sent.at(-1) as Sent, this.sent.length - 1);
    signal?.throwIfAborted();
    if (found instanceof Error) throw found;
    return found;
  };

  /** Without jitter: each wait is as long as it may be. */
  get deps(): CallDeps {
    return {
      ...{ url: 'https://weir.example/v1', key: 'weir_k', fetch: this.fetch, timeoutMs: 60_000 },
      ...{ now: () => this.#now, random: () => 1, newId: () => `id-${this.#ids++}` },
      sleep: async (ms) => {
        this.pauses.push(ms);
        this.#now += ms;
      },
    };
  }
}

/** An answer of JSON. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const all = { 'content-type': type, 'x-request-id': 'r-1', ...headers };
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: all });
}

/** A problem of the API. */
export function problem(status: number, name: string, { headers, ...more }: ProblemParts = {}): Response {
  return answer(status, { type: `urn:weir:problem:${name}`, title: 'No', status, ...more }, headers);
}
