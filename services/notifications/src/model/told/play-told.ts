import type { AlertRule, Channel } from '@weir/alerts';
import { Chances, VirtualTime } from '@weir/simulation';
import type { PostResult } from '@weir/webhooks/sending';
import { sampleEndpoint } from '../../testing/sample-endpoint.ts';
import { AlertWorld, MINUTE } from '../alerts/alert-world.ts';
import { DeliveryWorld, type WorldOptions } from '../deliveries/delivery-world.ts';
import { checkTold } from './check-told.ts';

/** How long events come, and until when receivers may fail. Every bucket has closed, and every wait is over, at the end. */
const MINUTES = 10;
const SWEEPS = MINUTES + 5;
const BAD_MS = 15 * MINUTE;
const END_MS = 300 * MINUTE;
const LOG = '1764000000.0';
const ENDPOINTS = ['w0', 'w1'] as const;

/** A rule that fires in minutes with events, and who is to hear of it. */
export interface ToldRule {
  readonly id: string;
  readonly channels: readonly Channel[];
  readonly endpointIds: readonly string[];
  /** Whether events come, by minute. The first is before the rule begins. */
  readonly busy: readonly boolean[];
}

/** A stage from the counts of events to the answers of receivers. */
export interface ToldWorld {
  readonly alerts: AlertWorld;
  readonly deliveries: DeliveryWorld;
  readonly rules: readonly ToldRule[];
}

export const FAULTY: WorldOptions = {
  ...{ kill: 0.2, freeze: 0.1, loseAnswer: 0.005, refuse: 0.01, double: 0.2, lose: 0.05 },
  freezesMs: [MINUTE, 3 * MINUTE],
};

/** Plays what a seed decides, from events to answers, and checks what each receiver has got. */
export async function playTold(seed: number, options = FAULTY): Promise<ToldWorld> {
  const chances = new Chances(seed);
  const time = new VirtualTime();
  const alerts = new AlertWorld(time, chances, options);
  const deliveries = new DeliveryWorld(time, chances, options);
  alerts.noteFiring = (before, after) => deliveries.fire(after, before);
  for (const id of ENDPOINTS) {
    await deliveries.store.createEndpoint(sampleEndpoint(id));
    deliveries.receivers.set(id, createReceiver(chances));
  }
  const world = { alerts, deliveries, rules: [planRule('all', chances), planRule('one', chances, 'w1')] };
  for (const rule of world.rules) await alerts.make(rule.id, ruleOf(rule));
  planEvents(world, chances);
  await time.play(() => time.now > END_MS || alerts.faults.length + deliveries.faults.length > 0);
  checkTold(world);
  return world;
}

function planRule(id: string, chances: Chances, endpointId?: string): ToldRule {
  const busy = Array.from({ length: MINUTES }, (_, minute) => minute > 0 && chances.is(0.4));
  const channels = [{ type: 'webhook', ...(endpointId !== undefined && { endpointId }) }] as const;
  return { id, busy, channels, endpointIds: endpointId === undefined ? ENDPOINTS : [endpointId] };
}

function ruleOf({ id, channels }: ToldRule): AlertRule {
  return {
    ...{ name: id, action: id, field: 'count', interval: 'minute', comparison: 'above', threshold: 2 },
    ...{ lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 0, enabled: true, channels },
  };
}

/** Three events of each busy minute, which become an entry then or later; and the sweep of each minute. */
function planEvents({ alerts, rules }: ToldWorld, chances: Chances): void {
  const { logs, time } = alerts;
  logs.addShard(LOG);
  for (const { id: action, busy } of rules) {
    for (const minute of busy.keys()) {
      if (!busy[minute]) continue;
      const at = minute * MINUTE + chances.between(5_000, 50_000);
      time.after(at, () => {
        const event = { action, at: alerts.now };
        logs.arrive({ logId: LOG, arrival: alerts.now, events: [event, event, event] });
      });
      time.after(at + chances.one([0, 0, 30_000, 150_000]), () => void alerts.append(LOG));
    }
  }
  for (let minute = 1; minute <= SWEEPS; minute++) time.after(minute * MINUTE, () => alerts.writeProgress());
}

/** Receivers that fail, hang or want a pause for some time, and then are good. */
function createReceiver(chances: Chances) {
  const bad = [
    { kind: 'answered', status: 503, response: '', durationMs: 20 },
    { kind: 'answered', status: 429, response: '', durationMs: 20, retryAfter: '90' },
    { kind: 'unanswered', error: 'no answer within 15 s', durationMs: 15_000 },
  ] as const;
  const [until, answer] = [chances.is(0.5) ? chances.between(0, BAD_MS) : 0, chances.one(bad)];
  const good = { kind: 'answered', status: 204, response: '', durationMs: 40 } as const;
  return { answerAt: (at: number): PostResult => ({ at, ...(at < until ? answer : good) }) };
}
