import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { invokeNeeds, sendNeeds } from '../../aws-door/rights/needs/acting-needs.ts';
import { type FunctionEvent, type FunctionEventDeps, functionArn } from '../../invoke/function-event.ts';
import { createInvokeAsync, PAUSES_MS } from '../../invoke/invoke-async.ts';
import { sendWithAttributes } from '../../invoke/send-message.ts';
import type { RunningSources } from '../../registration/service-registry.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import { type DeclaredSchedule, declaredSchedules } from './declared-schedules.ts';
import { type NextFiring, readTimetable } from './schedule-times.ts';
import { filledInput, scheduledEvent, timeText } from './scheduled-event.ts';

/** Timers take at most 2^31 - 1 ms; looking at the calendar once a day is enough. */
const LONGEST_WAIT_MS = 86_400_000;

/** What is needed by schedules. */
export interface SchedulesDeps {
  readonly aws: AwsClient;
  readonly clock: SourceClock;
  readonly checkOf: FunctionEventDeps['checkOf'];
  readonly log: (line: string) => void;
}

/** Throws what is wrong with a schedule of a service. */
export function expectSchedules(functions: readonly FunctionEvent[]): void {
  for (const { timetable, input, target } of declaredSchedules(functions)) {
    readTimetable(timetable);
    if (input !== undefined && typeof target !== 'string') parseInput(input);
  }
}

/** Fires the schedules of a service. One firing does not wait for the one before; missed firings are not repeated. */
export function startSchedules(
  functions: readonly FunctionEvent[],
  { aws, clock, checkOf, log }: SchedulesDeps,
): RunningSources {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const pause = async (ms: number) => {
    if (ms > 0) await clock.sleep(ms, stopping.signal);
    stopping.signal.throwIfAborted();
  };
  const invokers = new Map(
    functions.map((own) => [own, createInvokeAsync(own, { aws, log, pausesMs: PAUSES_MS, pause })]),
  );
  for (const schedule of declaredSchedules(functions)) void run(schedule);

  async function run(schedule: DeclaredSchedule): Promise<void> {
    const next = readTimetable(schedule.timetable);
    for (let at = next(clock.now()); at !== undefined; at = firingAfter(next, at)) {
      while (clock.now() < at && !stopping.signal.aborted) {
        await clock.sleep(Math.min(at - clock.now(), LONGEST_WAIT_MS), stopping.signal);
      }
      if (stopping.signal.aborted) return;
      const firing = fire(schedule, at);
      underWay.add(firing);
      void firing.finally(() => underWay.delete(firing));
    }
  }

  /** A machine that slept has missed several firings: one of them is enough. */
  function firingAfter(next: NextFiring, at: number): number | undefined {
    const following = next(at);
    return following !== undefined && following <= clock.now() ? next(clock.now()) : following;
  }

  /** What the role lacks in whose name the target is called. */
  function lackOf({ role, target }: DeclaredSchedule): string | undefined {
    if (role === undefined) return undefined;
    return checkOf(role)(typeof target === 'string' ? sendNeeds(target) : invokeNeeds(functionArn(target)));
  }

  async function fire(schedule: DeclaredSchedule, at: number): Promise<void> {
    const { origin, input, target } = schedule;
    const lack = lackOf(schedule);
    if (lack !== undefined) return log(`The ${origin.kind} ${origin.name} fired, and calls nothing: ${lack}`);
    const text = input === undefined ? JSON.stringify(scheduledEvent(origin, at)) : filledInput(input, origin, at);
    if (typeof target === 'string') {
      await sendWithAttributes(aws, { destination: target, message: text }).catch((error: unknown) =>
        log(`The ${origin.kind} ${origin.name} fired, and ${target} did not take its message: ${error}`),
      );
      return;
    }
    const what = `the firing of the ${origin.kind} ${origin.name} at ${timeText(at)}`;
    await invokers
      .get(target)?.(parseInput(text), what)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
        // Not given up: no destination hears of a firing whose service has left.
        log(`${target.definition.name}: Does not try ${what} again, as the service has left`);
      });
  }

  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

function parseInput(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new Error(`The input of a schedule is not JSON: ${text}`);
  }
}
