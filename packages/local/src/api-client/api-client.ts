/** One bucket of a series, as the API answers it. */
export interface MetricBucket {
  /** RFC 3339. */
  readonly start: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The answer of `GET /v1/metrics/{action}`, limited to the fields that are used here. */
export interface MetricsAnswer {
  readonly series: readonly MetricBucket[];
  readonly total?: {
    readonly count: number;
    readonly mean: number | null;
    readonly users?: number | null;
    readonly p95?: number | null;
  } | null;
}

/** One action as `GET /v1/actions` lists it; times are RFC 3339. */
export interface ActionAnswer {
  readonly action: string;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What to read of an action; times in epoch milliseconds. */
export interface MetricsQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: 'hour' | 'day';
}

/** The API as every program outside sees it. */
export interface ApiClient {
  health(): Promise<boolean>;
  actions(): Promise<ActionAnswer[]>;
  metrics(query: MetricsQuery): Promise<MetricsAnswer>;
  /** Sends up to 500 events; throws unless every one of them was accepted. */
  sendEvents(events: readonly unknown[]): Promise<void>;
}

/** Speaks to the API at `apiUrl` (which ends in `/v1`) over connections that are kept. */
export function createApiClient(apiUrl: string, key: string): ApiClient {
  const get = (path: string) => call(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return {
    health: () => fetch(`${apiUrl}/health`).then(isOk, () => false),
    actions: async () => await listAll<ActionAnswer>(get, '/actions'),
    metrics: async ({ action, from, to, interval }) => {
      const query = new URLSearchParams({ from: String(from), to: String(to), interval });
      return (await get(`/metrics/${encodeURIComponent(action)}?${query}`)) as MetricsAnswer;
    },
    sendEvents: async (events) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await call(`${apiUrl}/events`, { method: 'POST', headers, body: JSON.stringify({ events }) });
      const { accepted, rejected } = answer as { accepted: number; rejected: readonly unknown[] };
      if (accepted !== events.length) {
        throw new Error(`the API accepted ${accepted} of ${events.length} events: ${JSON.stringify(rejected)}`);
      }
    },
  };
}

async function isOk(response: Response): Promise<boolean> {
  await response.arrayBuffer();
  return response.ok;
}

async function listAll<Item>(get: (path: string) => Promise<unknown>, path: string): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page = (await get(`${path}${query}`)) as { items: Item[]; cursor?: string };
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

async function call(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text);
}
