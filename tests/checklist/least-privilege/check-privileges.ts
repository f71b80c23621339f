import { matchesPattern } from '@weir/local/rights';
import { resourcesOf, type Template, target } from '../../templates/template.ts';
import type { Finding, Templates } from '../checked-templates.ts';
import { WILDCARDS } from '../reasons.ts';
import { describeResource } from './describe-resource.ts';
import { grantsOf } from './grants-of.ts';

/** Functions that share a role or have none in the template, and wildcards in actions and resources without a reason. */
export function checkPrivileges(templates: Templates): readonly Finding[] {
  const wild = Object.entries(templates).flatMap(([service, template]) => wildcards(service, template));
  const unlisted = wild.filter((grant) => !WILDCARDS.some((reason) => isAbout(reason, grant)));
  const needless = WILDCARDS.filter((reason) => !wild.some((grant) => isAbout(reason, grant)));
  return [
    ...Object.entries(templates).flatMap(([service, template]) => sharedRoles(service, template)),
    ...unlisted.map(({ service, place, action, on }) => ({
      ...{ service, place },
      problem: `allows ${action} on ${on}: a wildcard without a reason`,
    })),
    ...needless.map(({ resource }) => ({ service: '', place: 'WILDCARDS', problem: `no role has ${resource}` })),
  ];
}

function sharedRoles(service: string, template: Template): Finding[] {
  const users = new Map<string, string>();
  return resourcesOf(template, 'AWS::Lambda::Function').flatMap(([place, { Properties }]) => {
    const role = target(Properties.Role) ?? '';
    const other = users.get(role);
    users.set(role, place);
    if (template.Resources[role]?.Type !== 'AWS::IAM::Role') return [{ service, place, problem: 'has no role here' }];
    return other === undefined ? [] : [{ service, place, problem: `shares its role with ${other}` }];
  });
}

interface WildGrant {
  readonly service: string;
  readonly place: string;
  readonly action: string;
  readonly on: string;
}

function wildcards(service: string, template: Template): WildGrant[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(([place]) =>
    grantsOf(template, place)
      .map(({ action, resource }) => ({ service, place, action, on: describeResource(resource, template) }))
      .filter(({ action, on }) => /[*?]/.test(action + on)),
  );
}

function isAbout({ actions, resource }: (typeof WILDCARDS)[number], { action, on }: WildGrant): boolean {
  return actions.includes(action) && matchesPattern(resource, on.replaceAll('production', '<stage>'));
}
