import { makeMessageId } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore, emptyWebhooks } from '@weir/dynamodb/webhooks/memory';
import { sendDue } from '@weir/notifications/src/clock/send-due.ts';
import { deliverMessage } from '@weir/notifications/src/deliver/deliver-message.ts';
import { announceMessage } from '@weir/notifications/src/dispatch/announce-message.ts';
import type { QueuedDelivery } from '@weir/notifications/src/queues/delivery-message.ts';
import { sampleEndpoint } from '@weir/notifications/src/testing/sample-endpoint.ts';
import { Chances, VirtualTime } from '@weir/simulation';
import type { PostRequest, PostResult } from '@weir/webhooks/sending';
import { LaneWorkers } from './lane-workers.ts';

const SECOND_MS = 1000;
const ENDPOINTS = 100;
const IN_TROUBLE = 'w0';
/** Milliseconds of a call to the table, and of a receiver that is well: from, to. */
const TABLE_MS = [3, 12] as const;
const ANSWER_MS = [20, 200] as const;
const TROUBLE_MS = { none: 50, hangs: 15 * SECOND_MS, dead: 2 };
const FAST_CALLS = 10;
const SLOW_CALLS = 5;

export interface WaitsOptions {
  /** What one of the endpoints does. */
  readonly trouble: keyof typeof TROUBLE_MS;
  /** Deliveries to it that have failed, and are due when the clock begins. */
  readonly pending: number;
  /** For comparison: the same number of calls, and no slow queue. */
  readonly isOneQueue?: boolean;
  readonly seconds: number;
}

/** Milliseconds from a message's queue to its POST, of the endpoints that are well: virtual time, and the real code. */
export async function measureWaits({ seconds, ...options }: WaitsOptions): Promise<number[]> {
  const stage = await createStage(options);
  const { time } = stage;
  const at = (second: number, run: () => Promise<unknown>) => time.after(second * SECOND_MS, () => void run());
  for (let minute = 0; minute * 60 < seconds; minute++) at(minute * 60, stage.tick);
  for (let second = 0; second < seconds; second++) at(second, () => stage.announce(second));
  await time.play(() => time.now > seconds * SECOND_MS);
  return stage.waits;
}

async function createStage({ trouble, pending, isOneQueue = false }: Omit<WaitsOptions, 'seconds'>) {
  const time = new VirtualTime();
  const chances = new Chances(1);
  const state = emptyWebhooks();
  const instant = createMemoryWebhooksStore(undefined, state);
  const pass = (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve));
  const store = createMemoryWebhooksStore(() => pass(chances.between(...TABLE_MS)), state);
  const waits: number[] = [];
  const sentAt = new Map<string, number>();

  const post = async ({ url, headers }: PostRequest): Promise<PostResult> => {
    const id = new URL(url).host.split('.')[0] ?? '';
    const at = time.now;
    const isWell = id !== IN_TROUBLE || trouble === 'none';
    if (isWell && id !== IN_TROUBLE) waits.push(at - (sentAt.get(`${id} ${headers['webhook-id']}`) ?? Number.NaN));
    await pass(isWell ? chances.between(...ANSWER_MS) : TROUBLE_MS[trouble]);
    const durationMs = time.now - at;
    if (!isWell) return { kind: 'unanswered', at, durationMs, error: trouble };
    return { kind: 'answered', at, durationMs, status: 200, response: '' };
  };
  const laneOf = ({ lane }: QueuedDelivery) => (isOneQueue ? 'fast' : lane);
  const send = async (deliveries: readonly QueuedDelivery[]) => {
    for (const delivery of deliveries) {
      const { endpointId, messageId } = delivery;
      sentAt.set(`${endpointId} ${messageId}`, time.now);
      workers.send({ ...delivery, lane: laneOf(delivery) });
    }
  };
  const now = () => time.now;
  const later = (ms: number, run: () => void) => {
    let isOver = false;
    time.after(ms, () => void (isOver || run()));
    return () => {
      isOver = true;
    };
  };
  const findRecent = async (id: string) => {
    const found = await instant.findEndpoint(id);
    return found && isOneQueue ? { ...found, health: { ...found.health, slow: false } } : found;
  };
  const deps = { store, findRecent, post, send, now, later, random: () => 0.5 };
  const workers = new LaneWorkers(time, {
    concurrency: isOneQueue ? { fast: FAST_CALLS + SLOW_CALLS, slow: 1 } : { fast: FAST_CALLS, slow: SLOW_CALLS },
    deliver: (message) => deliverMessage(deps, message, message.lane),
  });

  for (let number = 0; number < ENDPOINTS; number++) await instant.createEndpoint(sampleEndpoint(`w${number}`));
  for (let number = 0; number < pending; number++) {
    const message = { id: makeMessageId(0, `${number}`), type: 'report.ready', timestamp: 0, data: {} };
    await instant.putMessage(message, { targets: [{ endpointId: IN_TROUBLE }], now: 0 });
  }
  const inTrouble = await instant.findEndpoint(IN_TROUBLE);
  if (inTrouble && pending > 0) await instant.setHealth(inTrouble, { ...inTrouble.health, failures: 3, slow: true });
  return {
    ...{ time, waits },
    announce(number: number) {
      const message = { id: makeMessageId(1, `new ${number}`), type: 'alert.fired', timestamp: 1, data: {} };
      return announceMessage({ store: instant, send, now }, message, () => true);
    },
    tick: () => sendDue({ store: instant, send, countSlow: async () => workers.waiting.slow.length, now }),
  };
}
