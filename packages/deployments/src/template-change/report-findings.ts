import { hasLabel } from '../github/has-label.ts';
import type { Finding } from './comparison/finding.ts';

/** On a pull request whose change is meant, whatever it breaks. */
export const ACCEPTED_LABEL = 'accepted-change';

/** What is printed about a change, and the exit code: 1 if it would be refused or lose something, and is not accepted. */
export function reportFindings(
  findings: readonly Finding[],
  labels: readonly string[],
): { readonly text: string; readonly code: number } {
  const lines = findings.map(({ effect, where, rule, message }) => `${effect}: ${where} (${rule}): ${message}\n`);
  const isBroken = findings.some(({ effect }) => effect !== 'limited');
  const isAccepted = isBroken && hasLabel(labels, ACCEPTED_LABEL);
  return {
    text: `${lines.join('')}${endOf(findings.length, isBroken, isAccepted)}\n`,
    code: isBroken && !isAccepted ? 1 : 0,
  };
}

function endOf(found: number, isBroken: boolean, isAccepted: boolean): string {
  if (isBroken) return `The change breaks rules${isAccepted ? ', and is accepted' : ''}`;
  return found > 0
    ? 'The change is limited by rules, and nothing would be refused or lost'
    : 'The change breaks no rule';
}
