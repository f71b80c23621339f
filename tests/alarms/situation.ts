import type { Alarm } from './cloudwatch/alarm.ts';
import { type Reading, stateAt } from './cloudwatch/alarm-state.ts';
import { Datapoints } from './cloudwatch/datapoints.ts';
import { clock, MINUTE_MS, START } from './simulated/clock.ts';
import type { Inbox } from './simulated/inbox.ts';

/** A service that runs minute by minute, and what it sends to CloudWatch. */
export interface World {
  readonly inbox: Inbox;
  runMinute(at: number): Promise<void>;
}

/** Something that happens to a service, and the alarms that must tell of it. */
export interface Situation<W extends World> {
  readonly name: string;
  /** How the world is before. */
  readonly begin: (world: W) => void;
  /** What goes wrong an hour later: it is called once more, with false, when that is mended. */
  readonly trouble?: (world: W, isOn: boolean) => void;
  /** How long it goes wrong; an hour unless it says otherwise. */
  readonly troubleMinutes?: number;
  /** Alarms that rise, each with the minutes within which it does. No other may rise at any time. */
  readonly raises: Readonly<Record<string, number>>;
  /** Minutes after it is mended within which the alarms are down again; half an hour unless it says otherwise. */
  readonly clearsWithin?: number;
}

/** Alarms are looked at from here on: just deployed, a stage has sent nothing yet. */
const FIRST_MINUTE = 5;
const TROUBLE_AT = 60;
/** After that the alarms must stay down. */
const REST_MINUTES = 15;

/** Each way in which CloudWatch may do what it does not say. */
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

/** Runs a situation minute by minute, and gives all that was sent. */
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

/** What is wrong with how an alarm behaved in a situation, whatever CloudWatch leaves open; nothing where all is right. */
export function faultsOf<W extends World>(alarm: Alarm, situation: Situation<W>, course: Course): readonly string[] {
  return READINGS.flatMap((reading) => {
    const seen = { datapoints: course.datapoints, reading };
    const isUp = (minute: number) => stateAt(alarm, START + minute * MINUTE_MS, seen) === 'ALARM';
    const up = Array.from({ length: course.end - FIRST_MINUTE }, (_, i) => i + FIRST_MINUTE).filter(isUp);
    const fault = faultOf(up, { within: situation.raises[alarm.id], clearsWithin: situation.clearsWithin, ...course });
    return fault === undefined ? [] : [`${alarm.id} ${fault} (${JSON.stringify(reading)})`];
  });
}

interface Expected {
  /** Minutes within which the alarm rises; undefined where it must not. */
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
  if (last >= mendedAt + clearsWithin) return `is still up ${last - mendedAt} minutes after it was mended`;
  const gap = Array.from({ length: last - first }, (_, i) => first + i).find((minute) => !up.includes(minute));
  return gap !== undefined && gap < mendedAt ? `falls in minute ${gap}, though nothing is mended` : undefined;
}
