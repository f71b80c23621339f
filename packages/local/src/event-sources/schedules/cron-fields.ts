/** A calendar: the six fields of a `cron(…)`, which have been checked. */
export interface CronFields {
  /** Whether it fires on this day (midnight in milliseconds, as if in UTC). */
  firesOn(day: number): boolean;
  /** Whether it fires in this minute of a day. */
  firesAt(minuteOfDay: number): boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAY_MS = 86_400_000;

/** Reads EventBridge's fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. */
export function readCronFields(text: string): CronFields {
  const [minutes = '', hours = '', monthDays = '', monthNames = '', dayNames = '', years = '', ...others] = text
    .trim()
    .split(/\s+/);
  const months = numbered(monthNames, MONTHS);
  const weekDays = numbered(dayNames, DAYS);
  if (years === '' || others.length > 0) throw new Error('A cron has six fields');
  if ((monthDays === '?') === (weekDays === '?')) {
    throw new Error('A cron has a ? either for the day of the month or for the day of the week');
  }
  expectField(minutes, [0, 59]);
  expectField(hours, [0, 23]);
  expectField(months, [1, 12]);
  expectField(years, [1970, 2199]);
  if (monthDays !== '?') expectField(monthDays, [1, 31], /^(?:L|\d+W)$/);
  if (weekDays !== '?') expectField(weekDays, [1, 7], /^(?:[1-7]?L|[1-7]#[1-5])$/);
  return {
    firesOn: (day) => {
      const date = new Date(day);
      const fitsMonth = inField(months, date.getUTCMonth() + 1, 1) && inField(years, date.getUTCFullYear(), 1970);
      return fitsMonth && isMonthDay(monthDays, date) && isWeekDay(weekDays, date);
    },
    firesAt: (minute) => inField(hours, Math.floor(minute / 60), 0) && inField(minutes, minute % 60, 0),
  };
}

function expectField(field: string, [lowest, highest]: readonly [number, number], special?: RegExp): void {
  for (const part of field.split(',')) {
    const numbers = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/.exec(part);
    const isInRange = [numbers?.[1], numbers?.[2]].every(
      (number = String(lowest)) => Number(number) >= lowest && Number(number) <= highest,
    );
    if ((numbers === null || !isInRange) && !special?.test(part)) throw new Error(`${part} is no value of its field`);
  }
}

function isMonthDay(field: string, date: Date): boolean {
  const day = date.getUTCDate();
  return field.split(',').some((part) => {
    if (part === 'L') return day === lastDay(date);
    const near = /^(\d+)W$/.exec(part)?.[1];
    return near === undefined ? inField(part, day, 1) : day === nearestWeekDay(Number(near), date);
  });
}

/** `6L` is the last Friday of the month, `6#3` the third one, and `L` a Saturday. */
function isWeekDay(field: string, date: Date): boolean {
  const weekDay = date.getUTCDay() + 1;
  const day = date.getUTCDate();
  return field.split(',').some((part) => {
    const [, which, count] = /^(\d)#(\d)$/.exec(part) ?? [];
    if (count !== undefined) return weekDay === Number(which) && Math.ceil(day / 7) === Number(count);
    const last = /^(\d)L$/.exec(part)?.[1];
    if (last !== undefined) return weekDay === Number(last) && day + 7 > lastDay(date);
    return inField(part === 'L' ? '7' : part, weekDay, 1);
  });
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The day from Monday to Friday that lies nearest, in the same month. */
function nearestWeekDay(day: number, date: Date): number {
  const last = lastDay(date);
  const wanted = Math.min(day, last);
  const weekDay = new Date(date.getTime() + (wanted - date.getUTCDate()) * DAY_MS).getUTCDay();
  if (weekDay === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekDay === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** A list of values, ranges and steps; `*` and `?` match all. */
function inField(field: string, value: number, lowest: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [lowest, Number.POSITIVE_INFINITY] : bounds(range, step);
    // FRI-MON goes over the end of the week.
    const isWithin = from <= to ? value >= from && value <= to : value >= from || value <= to;
    return isWithin && (value - from) % Number(step ?? 1) === 0;
  });
}

/** `5` is itself, `5-9` a range, and `5/10` everything from 5 on. */
function bounds(range: string, step: string | undefined): [number, number] {
  const [from = Number.NaN, to] = range.split('-').map(Number);
  return [from, to ?? (step === undefined ? from : Number.POSITIVE_INFINITY)];
}

function numbered(field: string, names: readonly string[]): string {
  return names.reduce((text, name, index) => text.replaceAll(name, String(index + 1)), field.toUpperCase());
}
