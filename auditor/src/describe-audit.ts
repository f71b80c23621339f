import type { AuditOfTemplates } from './audit-templates.ts';
import type { Finding } from './finding.ts';

/** What a run prints: what is open, and how much is suppressed. With `alarms`, what slic-watch would add, too. */
export function describeAudit(audit: AuditOfTemplates, options: { readonly alarms: boolean }): string {
  const { open, needless, suppressed, ran, alarms } = audit;
  const isLinted = ran.includes('cfn-lint');
  const had = alarms.filter(({ isHad }) => isHad);
  return [
    ...(options.alarms ? alarms.map((alarm) => `${alarm.isHad ? 'had    ' : 'not had'} ${lineOf(alarm)}`) : []),
    ...open.map((finding) => `open    ${lineOf(finding)}`),
    ...needless.map((line) => `needless suppression: ${line}`),
    ...(isLinted ? [] : ['cfn-lint is not installed, and was left out (pipx install cfn-lint).']),
    `Of the alarms that slic-watch would add, the templates have ${had.length} of ${alarms.length}.`,
    `${ran.join(', ')}: ${open.length} open, ${suppressed.length} suppressed with a reason, ${needless.length} needless.`,
  ].join('\n');
}

function lineOf({ checker, rule, where, message }: Finding): string {
  return `${checker} ${rule} at ${where}: ${message}`;
}
