/** How a figure compares with an earlier one. `percent` is at least 0. */
export type Change =
  | { readonly kind: 'rose'; readonly percent: number }
  | { readonly kind: 'fell'; readonly percent: number }
  /** Rose from nothing, which is no percentage. */
  | { readonly kind: 'appeared' }
  | { readonly kind: 'same' }
  /** What is compared was not there before. */
  | { readonly kind: 'new' }
  | { readonly kind: 'unknown' };

/** Compares two figures that are not negative. `null` is a figure that is not known. */
export function compareFigures(now: number | null, before: number | null): Change {
  if (now === null || before === null) return { kind: 'unknown' };
  if (before === 0) return { kind: now === 0 ? 'same' : 'appeared' };
  const percent = (100 * (now - before)) / before;
  if (Math.abs(percent) < 0.05) return { kind: 'same' };
  return percent > 0 ? { kind: 'rose', percent } : { kind: 'fell', percent: -percent };
}
