// CI runs this where nothing is installed.
import { hasLabel } from '../../packages/deployments/src/github/has-label.ts';
import type { BrokenContract } from './commit-breaks.ts';

/** Says that a break is meant. */
export const BREAKING_LABEL = 'breaking-change';

/** What is told of broken contracts. */
export interface BreaksReport {
  /** Markdown, for the summary of a run. */
  readonly text: string;
  /** One sentence, if somebody has to do something. */
  readonly problem: string | undefined;
}

/** Tells which contracts are broken. `labels` are those of a pull request, separated by commas. */
export function reportBreaks(broken: readonly BrokenContract[], labels: string): BreaksReport {
  if (broken.length === 0) return { text: 'No contract is broken.\n', problem: undefined };
  const parts = broken.map(({ title, breaks }) => `### ${title}\n\n${breaks.map((line) => `- ${line}\n`).join('')}`);
  const isMeant = hasLabel(labels.split(','), BREAKING_LABEL);
  const more = `if this is meant, give the pull request the label ${BREAKING_LABEL}, and run the job again`;
  return {
    text: `## What worked before, and breaks\n\n${parts.join('\n')}`,
    problem: isMeant ? undefined : `contracts are broken, and the summary says how: ${more}`,
  };
}
