import type { Local } from './weir-process.ts';

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answered; tests look into it.
  readonly body: any;
}

/** The exact fields of one bucket. */
export interface ExactBucket {
  readonly start?: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The metrics to read of an action; times in epoch milliseconds. */
export interface SeriesQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: 'minute' | 'hour' | 'day';
}

/** The API. */
export type ApiDoor = ReturnType<typeof createApiDoor>;

/** Calls the API with the key of `npm start`. */
export function createApiDoor(local: Local) {
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${local.key}`, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${local.apiUrl}${path}`, { ...init, headers });
    const text = await response.text();
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body: parsed(text) };
  };

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    call('/events', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  const series = async ({ action, from, to, interval }: SeriesQuery): Promise<Answer['body']> => {
    const text = new URLSearchParams({ from: String(from), to: String(to), interval });
    const answer = await call(`/metrics/${encodeURIComponent(action)}?${text}`);
    return answer.status === 200 ? answer.body : fail(`GET /metrics: ${JSON.stringify(answer)}`);
  };

  /** The number of counted events of an action in the last day. */
  const count = async (action: string): Promise<number> => {
    const now = Date.now();
    return (await series({ action, from: now - 86_400_000, to: now + 86_400_000, interval: 'hour' })).total.count;
  };

  return { apiUrl: local.apiUrl, key: local.key, call, post, series, count };
}

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fail(message: string): never {
  throw new Error(message);
}
