import { matchesGlob } from 'node:path';
import type { Checker, Finding, Suppression } from './finding.ts';

/** The findings of a run, after the suppressions. */
export interface SortedFindings {
  /** Without a suppression. */
  readonly open: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** A line for each pattern that suppresses nothing: it has to go. */
  readonly needless: readonly string[];
}

/** Sorts what the checkers in `ran` have found. Suppressions of another checker are not needed in this run. */
export function sortFindings(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  ran: ReadonlySet<Checker>,
): SortedFindings {
  const isCovered = (finding: Finding) =>
    suppressions.some((suppression) => suppression.where.some((pattern) => covers(suppression, pattern, finding)));
  const needless = suppressions
    .filter(({ checker }) => ran.has(checker))
    .flatMap((suppression) =>
      suppression.where
        .filter((pattern) => !findings.some((finding) => covers(suppression, pattern, finding)))
        .map((pattern) =>
          [suppression.checker, suppression.rule, 'at', pattern, suppression.about ?? ''].join(' ').trim(),
        ),
    );
  const suppressed = findings.filter(isCovered);
  return { open: findings.filter((finding) => !suppressed.includes(finding)), suppressed, needless };
}

function covers({ checker, rule, about = '' }: Suppression, pattern: string, finding: Finding): boolean {
  const isRule = checker === finding.checker && rule === finding.rule && finding.message.includes(about);
  return isRule && matchesGlob(finding.where, pattern);
}
