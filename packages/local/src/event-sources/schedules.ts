import { randomUUID } from 'node:crypto';
import type { FunctionEvent } from '../invoke/function-event.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { ACCOUNT_ID } from '../registration/template-values.ts';
import type { SourceClock } from './mappings/source-clock.ts';
import { nextFiring } from './schedule-times.ts';

type Json = Readonly<Record<string, unknown>>;

/** Timers take at most 2^31 - 1 ms; looking at the calendar once a day is enough. */
const LONGEST_WAIT_MS = 86_400_000;

/** What is needed by schedules. */
export interface SchedulesDeps {
  readonly clock: SourceClock;
  readonly log: (line: string) => void;
}

/**
 * Fires the schedules of a service's functions. One firing does not wait for the one before; missed firings are not
 * repeated.
 */
export function startSchedules(events: readonly FunctionEvent[], { clock, log }: SchedulesDeps): RunningSources {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  for (const event of events) {
    for (const { rates, input } of schedulesOf(event)) {
      for (const rate of rates) void run(rate, input, event);
    }
  }

  async function run(expression: string, input: unknown, event: FunctionEvent): Promise<void> {
    const first = nextFiring(expression, clock.now());
    if (first === undefined) log(`${event.definition.name}: Cannot read the schedule ${expression}`);
    for (let at = first; at !== undefined; at = firingAfter(expression, at)) {
      while (clock.now() < at && !stopping.signal.aborted) {
        await clock.sleep(Math.min(at - clock.now(), LONGEST_WAIT_MS), stopping.signal);
      }
      if (stopping.signal.aborted) return;
      const firing = fire(event, input ?? scheduledEvent(event, at));
      underWay.add(firing);
      void firing.finally(() => underWay.delete(firing));
    }
  }

  /** A machine that slept has missed several firings: one of them is enough. */
  function firingAfter(expression: string, at: number): number | undefined {
    const next = nextFiring(expression, at);
    return next !== undefined && next <= clock.now() ? nextFiring(expression, clock.now()) : next;
  }

  async function fire({ invoke, definition }: FunctionEvent, payload: unknown): Promise<void> {
    const result = await invoke(payload as object);
    if (result.outcome === 'returned') return;
    const what = result.outcome === 'failed' ? 'it failed' : 'its service did not answer';
    log(`${definition.name}: Its schedule fired, and ${what}`);
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
