import type { Alarm } from './cloudwatch/alarm.ts';
import { type Reading, stateAt } from './cloudwatch/alarm-state.ts';
import type { CompositeAlarm } from './cloudwatch/composite-alarm.ts';
import { Datapoints } from './cloudwatch/datapoints.ts';
import { clock, MINUTE_MS, START } from './simulated/clock.ts';
import type { Inbox } from './simulated/inbox.ts';

/** A service that runs minute by minute, and the values that it sends to CloudWatch. */
export interface World {
  readonly inbox: Inbox;
  runMinute(at: number): Promise<void>;
}

/** An event in the life of a service, and the alarms that it must raise. */
export interface Situation<W extends World> {
  readonly name: string;
  /** The state of the world before. */
  readonly begin: (world: W) => void;
  /** Causes the trouble an hour later. When the trouble ends, it is called again, with false. */
  readonly trouble?: (world: W, isOn: boolean) => void;
  /** The length of the trouble; by default an hour. */
  readonly troubleMinutes?: number;
  /** The alarms that rise, each with the minutes within which it must. No other alarm may rise at any time. */
  readonly raises: Readonly<Record<string, number>>;
  /** The minutes after the trouble within which the alarms must be down again; by default half an hour. */
  readonly clearsWithin?: number;
}

/** Alarms are checked from here on: just after its deployment, a stage has sent nothing yet. */
const FIRST_MINUTE = 5;
const TROUBLE_AT = 60;
/** After that time the alarms must stay down for so long. */
const REST_MINUTES = 15;

/** All combinations of answers to the questions that CloudWatch's documents leave open. */
const READINGS: readonly Reading[] = [1, 2, 5].flatMap((extraPeriods) =>
  [0, 2 * MINUTE_MS].flatMap((delayMs) =>
    [true, false].map((missingIsZero) => ({ extraPeriods, delayMs, missingIsZero })),
  ),
);

interface Course {
  readonly datapoints: Datapoints;
  readonly mendedAt: number;
  readonly end: number;
}

/** Runs a situation minute by minute, and gives all values that were sent. */
export async function play<W extends World>(world: W, situation: Situation<W>): Promise<Course> {
  const mendedAt = TROUBLE_AT + (situation.troubleMinutes ?? 60);
  const end = mendedAt + (situation.clearsWithin ?? 30) + REST_MINUTES;
  clock.start();
  try {
    situation.begin(world);
    for (let minute = 0; minute < end; minute++) {
      if (minute === TROUBLE_AT || minute === mendedAt) situation.trouble?.(world, minute < mendedAt);
      await world.runMinute(START + minute * MINUTE_MS);
    }
  } finally {
    clock.stop();
  }
  return { datapoints: new Datapoints(world.inbox.datapoints), mendedAt, end };
}

/** What is watched in a situation. */
export interface Watch {
  readonly alarms: readonly Alarm[];
  readonly composites: readonly CompositeAlarm[];
}

/** The faults of the alarms in a situation, with each reading of CloudWatch's documents; empty if there are none. */
export function faultsOf<W extends World>(watch: Watch, situation: Situation<W>, course: Course): readonly string[] {
  return READINGS.flatMap((reading) => {
    const up = new Map(watch.alarms.map((alarm) => [alarm.id, minutesUp(alarm, course, reading)]));
    const { raises, clearsWithin } = situation;
    const faults = [
      ...[...up].flatMap(([id, minutes]) => {
        const fault = faultOf([...minutes], { within: raises[id], clearsWithin, ...course });
        return fault === undefined ? [] : [`${id} ${fault}`];
      }),
      ...watch.composites.flatMap((composite) => faultsOfComposite(composite, up, course)),
    ];
    return faults.map((fault) => `${fault} (${JSON.stringify(reading)})`);
  });
}

function minutesUp(alarm: Alarm, course: Course, reading: Reading): ReadonlySet<number> {
  const seen = { datapoints: course.datapoints, reading };
  const isUp = (minute: number) => stateAt(alarm, START + minute * MINUTE_MS, seen) === 'ALARM';
  return new Set(minutesOf(course).filter(isUp));
}

function minutesOf({ end }: Course): number[] {
  return Array.from({ length: end - FIRST_MINUTE }, (_, i) => i + FIRST_MINUTE);
}

/** A composite alarm rises with the first alarm, and falls with the last. */
function faultsOfComposite({ id, isUp }: CompositeAlarm, up: ReadonlyMap<string, ReadonlySet<number>>, course: Course) {
  const wrong = minutesOf(course).find((minute) => {
    const states = new Map([...up].map(([alarm, minutes]) => [alarm, minutes.has(minute) ? 'ALARM' : 'OK'] as const));
    return isUp(states) !== [...states.values()].includes('ALARM');
  });
  return wrong === undefined ? [] : [`${id} is not up together with its alarms in minute ${wrong}`];
}

interface Expected {
  /** The minutes within which the alarm must rise; undefined if it must not. */
  readonly within: number | undefined;
  readonly clearsWithin: number | undefined;
  readonly mendedAt: number;
}

function faultOf(up: readonly number[], { within, clearsWithin = 30, mendedAt }: Expected): string | undefined {
  const [first] = up;
  const last = up.at(-1);
  if (within === undefined) return first === undefined ? undefined : `is up from minute ${first} on`;
  if (first === undefined || last === undefined) return 'never rises';
  if (first < TROUBLE_AT) return `is up in minute ${first}, before anything went wrong`;
  if (first > TROUBLE_AT + within) return `rises only after ${first - TROUBLE_AT} minutes`;
  if (last >= mendedAt + clearsWithin) return `is still up ${last - mendedAt} minutes after the trouble ended`;
  const gap = Array.from({ length: last - first }, (_, i) => first + i).find((minute) => !up.includes(minute));
  return gap !== undefined && gap < mendedAt ? `falls in minute ${gap}, during the trouble` : undefined;
}
