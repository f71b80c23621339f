const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * When a `rate(…)` or `cron(…)` fires next after `after` (epoch ms, UTC); undefined if it cannot be read, or never
 * fires.
 */
export function nextFiring(expression: string, after: number): number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return after + Number(rate[1]) * (UNIT_MS[rate[2] ?? ''] ?? 0);
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  return fields?.length === 6 ? nextCron(fields, after) : undefined;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** The longest pause of any schedule that fires at all: 29 February pauses for eight years around a century. */
const HORIZON_DAYS = 366 * 9;

/** EventBridge's six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. */
function nextCron(fields: readonly string[], after: number): number | undefined {
  const [minutes = '', hours = '', monthDays = '', months = '', weekDays = '', years = ''] = fields;
  const first = new Date(after);
  first.setUTCHours(0, 0, 0, 0);
  for (let day = 0; day < HORIZON_DAYS; day += 1) {
    const date = new Date(first.getTime() + day * 86_400_000);
    const matches =
      inField(monthDays, date.getUTCDate(), 1) &&
      inField(named(months, MONTHS, 1), date.getUTCMonth() + 1, 1) &&
      inField(named(weekDays, DAYS, 1), date.getUTCDay() + 1, 1) &&
      inField(years, date.getUTCFullYear(), 1970);
    const at = matches ? firstTimeOfDay({ minutes, hours }, date.getTime(), after) : undefined;
    if (at !== undefined) return at;
  }
  return undefined;
}

function firstTimeOfDay(
  { minutes, hours }: { readonly minutes: string; readonly hours: string },
  midnight: number,
  after: number,
): number | undefined {
  for (let minute = 0; minute < 1440; minute += 1) {
    const at = midnight + minute * 60_000;
    if (at > after && inField(hours, Math.floor(minute / 60), 0) && inField(minutes, minute % 60, 0)) return at;
  }
  return undefined;
}

/** A list of values, ranges and steps; `*` and `?` match all. */
function inField(field: string, value: number, lowest: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [lowest, Number.POSITIVE_INFINITY] : bounds(range, step);
    return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
}

/** `5` is itself, `5-9` a range, and `5/10` everything from 5 on. */
function bounds(range: string, step: string | undefined): [number, number] {
  const [from = Number.NaN, to] = range.split('-').map(Number);
  return [from, to ?? (step === undefined ? from : Number.POSITIVE_INFINITY)];
}

function named(field: string, names: readonly string[], offset: number): string {
  return names.reduce((text, name, index) => text.replaceAll(name, String(index + offset)), field.toUpperCase());
}
