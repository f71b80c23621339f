// biome-ignore lint/plugin: its name leads to what is built for npm
import type { Client } from '../../../client/src/index.ts';

/** The operations that a smoke test calls. */
export type SmokeClient = Pick<
  Client,
  | 'sendEvents'
  | 'getMetrics'
  | 'askReport'
  | 'getReport'
  | 'createWebhook'
  | 'testWebhook'
  | 'getDelivery'
  | 'deleteWebhook'
>;

/** A stage as its users reach it. */
export interface SmokeDeps {
  readonly client: SmokeClient;
  /** Puts an event on the stream. Undefined where this is not tried. */
  readonly put: ((event: object) => Promise<void>) | undefined;
  /** Reads a signed link to a JSON file. */
  readonly read: (href: string) => Promise<unknown>;
  /** Where webhooks can go: any address that answers. */
  readonly webhookUrl: string;
  /** Distinct in each run. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly tell: (sentence: string) => void;
}

const DAY_MS = 86_400_000;
const POLL_MS = 500;
/** How long a result may take. */
const PATIENCE_MS = 120_000;
const SENT = 5;

/**
 * Tries a stage from its doors to its results, under an action of its own: events over HTTP, one request twice, an event on
 * the stream, the exact count, a report, a webhook. Throws an Error with one sentence for the first that is not as it must
 * be.
 */
export async function runSmoke(deps: SmokeDeps): Promise<void> {
  const action = `smoke.${deps.id}`;
  const timestamp = deps.now();
  const event = (at: number) => ({ id: `${deps.id}-${at}`, userId: `smoke-${at}`, action, timestamp, value: at });
  const events = Array.from({ length: SENT }, (_, at) => event(at));
  await deps.client.sendEvents({ body: { events } });
  await deps.client.sendEvents({ body: { events } });
  deps.tell(`${SENT} events are sent over HTTP, twice`);
  if (deps.put) {
    await deps.put(event(SENT));
    // A producer whose first call was answered too late sends the same record again.
    await deps.put(event(SENT));
    deps.tell('an event is put on the stream, twice');
  }
  const count = deps.put ? SENT + 1 : SENT;
  await expectCount(deps, { action, timestamp, count });
  await expectReport(deps, { action, timestamp, count });
  await expectWebhook(deps);
}

interface Expected {
  readonly action: string;
  readonly timestamp: number;
  readonly count: number;
}

async function expectCount(deps: SmokeDeps, { action, timestamp, count }: Expected): Promise<void> {
  const minute = 60_000;
  const from = Math.floor(timestamp / minute) * minute;
  const asked = { action, from: `${from}`, to: `${from + minute}`, interval: 'minute' } as const;
  const counted = await until(deps, `all ${count} events are counted`, async () => {
    const { total } = await deps.client.getMetrics(asked);
    return total.count >= count ? total.count : undefined;
  });
  if (counted !== count) throw new Error(`${counted} events are counted, and not ${count}`);
  deps.tell(`exactly ${count} events are counted`);
}

async function expectReport(deps: SmokeDeps, { action, timestamp, count }: Expected): Promise<void> {
  const from = Math.floor(timestamp / DAY_MS) * DAY_MS;
  const question = { kind: 'summary', from, to: from + DAY_MS, actions: [action] } as const;
  const { id } = await deps.client.askReport({ body: question });
  const href = await until(deps, 'the report is done', async () => {
    const report = await deps.client.getReport({ id });
    if (report.status === 'failed') throw new Error(`report ${id} failed: ${report.reason}`);
    return report.status === 'done' ? report.links?.json : undefined;
  });
  const { total } = (await deps.read(href)) as { readonly total: { readonly count: number } };
  if (total.count !== count) throw new Error(`report ${id} counts ${total.count} events, and not ${count}`);
  deps.tell('a report has the same count');
}

async function expectWebhook(deps: SmokeDeps): Promise<void> {
  const { client, webhookUrl } = deps;
  const { id } = await client.createWebhook({ body: { url: webhookUrl, events: ['alert.fired'] } });
  try {
    const { id: deliveryId } = await client.testWebhook({ id });
    const status = await until(deps, `${webhookUrl} is posted to`, async () => {
      const [attempt] = (await client.getDelivery({ id, deliveryId })).attempts;
      return attempt && (attempt.status ?? attempt.error);
    });
    if (typeof status !== 'number') throw new Error(`${webhookUrl} cannot be posted to: ${status}`);
    deps.tell(`a webhook is sent, and answered with ${status}`);
  } finally {
    await client.deleteWebhook({ id });
  }
}

async function until<T>(deps: SmokeDeps, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = deps.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (deps.now() > end) throw new Error(`not after ${PATIENCE_MS / 1000} s: ${what}`);
    await deps.wait(POLL_MS);
  }
}
