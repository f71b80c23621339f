import type { Change } from './compare-figures.ts';
import { formatNumber, NO_BREAK_SPACE, UNKNOWN } from './format-number.ts';

// From here on a factor is easier to read than a percentage.
const LARGE_PERCENT = 900;

/** Writes a change in few letters: `▲ 14 %`, `▼ 3.2 %`, `▲ ×12`, `▲ from 0`, `±0 %`, `new`. */
export function formatChange(change: Change): string {
  if (change.kind === 'unknown') return UNKNOWN;
  if (change.kind === 'new') return 'new';
  if (change.kind === 'appeared') return `▲${NO_BREAK_SPACE}from${NO_BREAK_SPACE}0`;
  if (change.kind === 'same') return `±0${NO_BREAK_SPACE}%`;
  const arrow = change.kind === 'rose' ? '▲' : '▼';
  return `${arrow}${NO_BREAK_SPACE}${amount(change)}`;
}

/**
 * Says a change in words, after its subject: `rose 14 % against the last seven days`. `undefined` where nothing is
 * known to compare with.
 */
export function describeChange(change: Change, against: string): string | undefined {
  if (change.kind === 'unknown') return undefined;
  if (change.kind === 'new') return `is new: there was none in ${against}`;
  if (change.kind === 'appeared') return `rose from 0 in ${against}`;
  if (change.kind === 'same') return `did not change against ${against}`;
  if (change.percent < LARGE_PERCENT) return `${change.kind} ${percentage(change.percent)} against ${against}`;
  return `rose to ${factor(change.percent)} times ${against}`;
}

/** Whether a change is shown as a rise or as a fall. */
export function toneOf({ kind }: Change): 'rose' | 'fell' | undefined {
  if (kind === 'appeared') return 'rose';
  return kind === 'rose' || kind === 'fell' ? kind : undefined;
}

function amount({ percent }: { readonly percent: number }): string {
  return percent < LARGE_PERCENT ? percentage(percent) : `×${factor(percent)}`;
}

function percentage(percent: number): string {
  const isWhole = percent >= 9.95;
  // Only what became nothing fell by all.
  const shown = percent > 99 && percent < 100 ? 99 : percent;
  return `${isWhole ? formatNumber(Math.round(shown)) : shown.toFixed(1).replace('.0', '')}${NO_BREAK_SPACE}%`;
}

function factor(percent: number): string {
  return formatNumber(Math.round(1 + percent / 100));
}

/** Writes a part of a whole: `8 %`, `0.4 %`, `under 0.1 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return UNKNOWN;
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return `under 0.1${NO_BREAK_SPACE}%`;
  return percentage(percent);
}
