/** The later of two dates. */
export function laterDate(one: string, other: string): string {
  return one > other ? one : other;
}
