import { type CronFields, readCronFields } from './cron-fields.ts';
import { clockTime, expectTimeZone, momentOf } from './local-time.ts';

/** When a schedule fires, as it is written down. */
export interface Timetable {
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  /** In which `cron` and `at` are meant; UTC without one. */
  readonly timeZone?: string | undefined;
  /** Epoch milliseconds: it fires within these alone, and its rate counts from the first. */
  readonly startAt?: number | undefined;
  readonly endAt?: number | undefined;
}

/** The first firing after this moment; undefined if there is none. */
export type NextFiring = (after: number) => number | undefined;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The longest pause of any schedule that fires at all: 29 February pauses for eight years around a century. */
const HORIZON_DAYS = 366 * 9;
/** No zone puts its clocks back by more. */
const LONGEST_STEP_MS = 3 * 3_600_000;

/** Reads when a schedule fires; throws if that cannot be read. */
export function readTimetable({
  expression,
  timeZone,
  startAt,
  endAt = Number.POSITIVE_INFINITY,
}: Timetable): NextFiring {
  expectTimeZone(timeZone);
  const next = readExpression(expression, timeZone, startAt);
  return (after) => {
    const at = next(Math.max(after, (startAt ?? Number.NEGATIVE_INFINITY) - 1));
    return at === undefined || at > endAt ? undefined : at;
  };
}

function readExpression(expression: string, timeZone: string | undefined, startAt: number | undefined): NextFiring {
  const [, kind, text = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  try {
    if (kind === 'rate') return readRate(text, startAt);
    if (kind === 'at') return readMoment(text, timeZone);
    if (kind === 'cron') return everyFiring(readCronFields(text), timeZone);
  } catch (error) {
    throw new Error(`Cannot read the schedule ${expression}: ${(error as Error).message}`, { cause: error });
  }
  throw new Error(`Cannot read the schedule ${expression}`);
}

/** A day is always 24 hours. */
function readRate(text: string, startAt: number | undefined): NextFiring {
  const [, count, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
  if (count === undefined) throw new Error('A rate is a number and minutes, hours or days');
  const period = Number(count) * (UNIT_MS[unit] ?? 0);
  if (startAt === undefined) return (after) => after + period;
  return (after) => startAt + Math.max(0, Math.floor((after - startAt) / period) + 1) * period;
}

function readMoment(text: string, timeZone: string | undefined): NextFiring {
  const shown = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(shown)) throw new Error('A moment is yyyy-mm-ddThh:mm:ss');
  const at = momentOf(shown, timeZone);
  return (after) => (at !== undefined && at > after ? at : undefined);
}

/** A time that the clocks of the zone skip does not fire; a time that they show twice fires once, the first time. */
function everyFiring(fields: CronFields, timeZone: string | undefined): NextFiring {
  return (after) => {
    const shown = clockTime(after, timeZone);
    const today = Math.floor(shown / DAY_MS) * DAY_MS;
    for (let day = today; day < today + HORIZON_DAYS * DAY_MS; day += DAY_MS) {
      if (!fields.firesOn(day)) continue;
      const times = minutesOf(fields, day).filter((time) => time >= shown - LONGEST_STEP_MS);
      for (const time of times) {
        const at = momentOf(time, timeZone);
        if (at !== undefined && at > after) return at;
      }
    }
    return undefined;
  };
}

function minutesOf(fields: CronFields, day: number): readonly number[] {
  const minutes = [...Array(DAY_MS / MINUTE_MS).keys()].filter(fields.firesAt);
  return minutes.map((minute) => day + minute * MINUTE_MS);
}
