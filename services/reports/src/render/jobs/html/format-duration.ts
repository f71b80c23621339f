import { numberOf } from '../../view/number-of.ts';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Writes seconds in the largest unit that divides them: `7 days`, `90 minutes`. */
export function formatDuration(seconds: number): string {
  const [unit, length] = UNITS.find(([, one]) => seconds % one === 0) ?? ['second', 1];
  return numberOf(unit, seconds / length);
}
