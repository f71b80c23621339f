import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionEvent } from '../invoke/function-event.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { ACCOUNT_ID } from '../registration/template-values.ts';
import { nextFiring } from './schedule-times.ts';

type Json = Readonly<Record<string, unknown>>;

/** Timers take at most 2^31 - 1 ms; a day is plenty between two looks at the calendar. */
const LONGEST_WAIT_MS = 86_400_000;

/** Fires the schedules of a service's functions. A firing does not wait for the one before it. */
export function startSchedules(events: readonly FunctionEvent[], log: (line: string) => void): RunningSources {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  for (const event of events) {
    for (const { rates, input } of schedulesOf(event)) {
      for (const rate of rates) void run(rate, input, event);
    }
  }

  async function run(expression: string, input: unknown, event: FunctionEvent): Promise<void> {
    if (nextFiring(expression, Date.now()) === undefined) log(`${event.definition.name}: cannot read ${expression}`);
    for (let at = nextFiring(expression, Date.now()); at !== undefined; at = nextFiring(expression, at)) {
      while (Date.now() < at && !stopping.signal.aborted) {
        await sleep(Math.min(at - Date.now(), LONGEST_WAIT_MS), undefined, { signal: stopping.signal }).catch(() => {});
      }
      if (stopping.signal.aborted) return;
      const firing = fire(event, input ?? scheduledEvent(event, at));
      underWay.add(firing);
      void firing.finally(() => underWay.delete(firing));
    }
  }

  async function fire({ invoke, definition }: FunctionEvent, payload: unknown): Promise<void> {
    const result = await invoke(payload as object);
    if (result.outcome !== 'returned') log(`${definition.name}: its schedule fired, and it ${result.outcome}`);
  }

  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

function schedulesOf({ definition }: FunctionEvent): { rates: readonly string[]; input: unknown }[] {
  return definition.events
    .map(({ schedule }) => schedule)
    .filter((schedule) => schedule !== undefined)
    .map((schedule) => (typeof schedule === 'string' ? { rate: schedule } : (schedule as Json)))
    .filter(({ enabled }: Json) => enabled !== false)
    .map(({ rate, input }: Json) => ({ rates: [rate].flat().map(String), input }));
}

function scheduledEvent({ registration, definition }: FunctionEvent, at: number): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT_ID,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region: registration.region,
    resources: [`arn:aws:events:${registration.region}:${ACCOUNT_ID}:rule/${definition.name}`],
    detail: {},
  };
}
