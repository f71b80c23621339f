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
  const end = isBroken
    ? `The change breaks rules${isAccepted ? ', and is accepted' : ''}\n`
    : 'The change breaks no rule\n';
  return { text: `${lines.join('')}${end}`, code: isBroken && !isAccepted ? 1 : 0 };
}
