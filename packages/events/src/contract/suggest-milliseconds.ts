const FIRST_SECOND = Date.UTC(2000, 0, 1) / 1000;
const END_OF_SECONDS = Date.UTC(2100, 0, 1) / 1000;

/**
 * What to send instead of a time that seems to be in seconds: a time from 2000 to before 2100, which in milliseconds
 * would be in the first weeks of 1970. Undefined for every other number.
 */
export function suggestMilliseconds(time: number): string | undefined {
  if (!(time >= FIRST_SECOND && time < END_OF_SECONDS)) return undefined;
  return `seems to be in seconds: send milliseconds, ${Math.round(time * 1000)}`;
}
