const DAY_MS = 86_400_000;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Writes the date `YYYY-MM-DD` as `Sunday, 29 November 2026`. */
export function formatDate(date: string): string {
  const { weekday, day, month, year } = partsOf(date);
  return `${weekday}, ${day} ${month} ${year}`;
}

/** Writes the date `YYYY-MM-DD` as `Sun 29`. */
export function formatShortDate(date: string): string {
  const { weekday, day } = partsOf(date);
  return `${weekday.slice(0, 3)} ${day}`;
}

/** Writes the date `YYYY-MM-DD` as `29 November 2026`. */
export function formatPlainDate(date: string): string {
  const { day, month, year } = partsOf(date);
  return `${day} ${month} ${year}`;
}

/** Writes the date `YYYY-MM-DD` as `29 Nov`. */
export function formatDayOfMonth(date: string): string {
  const { day, month } = partsOf(date);
  return `${day} ${month.slice(0, 3)}`;
}

/** Writes the month of the date `YYYY-MM-DD` as `November 2026`. */
export function formatMonth(date: string): string {
  const { month, year } = partsOf(date);
  return `${month} ${year}`;
}

function partsOf(date: string): { weekday: string; day: number; month: string; year: number } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  // 1970-01-01 was a Thursday.
  const weekday = (((Date.UTC(year, month - 1, day) / DAY_MS + 4) % 7) + 7) % 7;
  return { weekday: WEEKDAYS[weekday] ?? '', day, month: MONTHS[month - 1] ?? '', year };
}
