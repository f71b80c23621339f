import { type ComparedAlarm, compareAlarms } from './check-alarms.ts';
import { checkBestPractices } from './check-best-practices.ts';
import { checkCfnLint } from './check-cfn-lint.ts';
import { checkCloudFormation } from './check-cloudformation.ts';
import { checkFixedProperties } from './check-fixed-properties.ts';
import { checkSpecification } from './check-specification.ts';
import type { Checker, Finding } from './finding.ts';
import { type SortedFindings, sortFindings } from './sort-findings.ts';
import { SUPPRESSIONS } from './suppressions.ts';
import type { ServiceTemplate } from './templates.ts';

/** What a run has to tell. */
export interface AuditOfTemplates extends SortedFindings {
  readonly ran: readonly Checker[];
  /** Each alarm of slic-watch, had or not. */
  readonly alarms: readonly ComparedAlarm[];
}

/** Lets every checker look at the templates of all services. */
export function auditTemplates(templates: readonly ServiceTemplate[]): AuditOfTemplates {
  const alarms = templates.flatMap(compareAlarms);
  const linted = checkCfnLint(templates);
  const findings: readonly Finding[] = [
    ...templates.flatMap(checkBestPractices),
    ...templates.flatMap(checkSpecification),
    ...checkFixedProperties(),
    ...checkCloudFormation(templates),
    ...alarms.filter(({ isHad }) => !isHad),
    ...(linted ?? []),
  ];
  const always: readonly Checker[] = ['cdk-nag', 'cloudformation-validate', 'slic-watch', 'specification'];
  const ran: readonly Checker[] = linted === undefined ? always : [...always, 'cfn-lint'];
  return { ...sortFindings(findings, SUPPRESSIONS, new Set(ran)), ran, alarms };
}
