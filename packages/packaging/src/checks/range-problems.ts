/** Whole numbers that a parameter takes. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly why: string;
}

/** A sentence if a parameter is no whole number of the range. Given on the command line, it is a text. */
export function rangeProblems(name: string, given: unknown, { min, max, why }: Range): string[] {
  const value = Number(given);
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  const wanted = max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  return [`- ${name} is ${JSON.stringify(given)}, and must be ${wanted}: ${why}`];
}
