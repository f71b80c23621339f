import { compareTemplates } from './comparison/compare-templates.ts';
import type { Finding } from './comparison/finding.ts';
import type { Template } from './comparison/template.ts';
import { checkApis } from './rules/check-apis.ts';
import { checkBodies } from './rules/check-bodies.ts';
import { checkKeys } from './rules/check-keys.ts';
import { checkNames } from './rules/check-names.ts';
import { checkPolicies } from './rules/check-policies.ts';
import { checkReaders } from './rules/check-readers.ts';
import { checkRemoved } from './rules/check-removed.ts';
import { checkReplaced } from './rules/check-replaced.ts';
import { checkStreams } from './rules/check-streams.ts';
import { checkTables } from './rules/check-tables.ts';
import { checkVersions } from './rules/check-versions.ts';

const RULES = [
  ...[checkReplaced, checkNames, checkRemoved, checkTables, checkStreams, checkApis, checkBodies, checkReaders],
  ...[checkPolicies, checkKeys, checkVersions],
];

/**
 * Checks the change from one template of a service to the next against the rules of CloudFormation and of the services
 * behind it. `others` are the templates of the stage's other services, as they are while this one is deployed. A
 * finding is a rule that the change breaks.
 */
export function checkChange(before: Template, after: Template, others: readonly Template[] = []): readonly Finding[] {
  const change = compareTemplates(before, after, others);
  return RULES.flatMap((check) => [...check(change)]);
}
