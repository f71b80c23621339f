import { SERVICES } from '../changes/services-to-deploy.ts';
import { checkChange } from './check-change.ts';
import type { Finding } from './comparison/finding.ts';
import type { Template } from './comparison/template.ts';

/** The templates of a stage, by service. */
export type StageTemplates = ReadonlyMap<string, Template>;

const NOTHING: Template = { Resources: {} };

/**
 * Checks the change of a whole stage, service by service, in the order of a deployment: while one is deployed, those
 * before it are new already, and those after it still old. `where` begins with the service.
 */
export function checkStageChange(before: StageTemplates, after: StageTemplates): readonly Finding[] {
  const services = [...after.keys()].sort((one, other) => SERVICES.indexOf(one) - SERVICES.indexOf(other));
  const now = new Map(before);
  return services.flatMap((service) => {
    const others = [...now].filter(([name]) => name !== service).map(([, template]) => template);
    const template = after.get(service) ?? NOTHING;
    const findings = checkChange(before.get(service) ?? NOTHING, template, others);
    now.set(service, template);
    return findings.map((finding) => ({ ...finding, where: `${service}/${finding.where}` }));
  });
}
