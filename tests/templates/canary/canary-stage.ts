import type { PackagedService } from '../package-service.ts';
import { packageService } from '../package-service.ts';
import { propertiesOf, type Resource, resourcesOf, type Template, target } from '../template.ts';

export const STAGE = 'production';

/** How the stage moves its calls. */
export const KIND = 'Canary10Percent5Minutes';

/** The packaged API of a stage with a canary. */
export function packageCanary(): PackagedService {
  return packageService('api', STAGE);
}

/** The aliases of a template, by the logical ids of their functions. */
export function aliasesOf(template: Template): ReadonlyMap<string, Resource> {
  const all = resourcesOf(template, 'AWS::Lambda::Alias');
  return new Map(all.map(([, alias]) => [target(alias.Properties.FunctionName) ?? '', alias]));
}

/** The deployment group that moves the calls of a function. */
export function groupOf(template: Template, functionId: string): DeploymentGroup {
  const policy = aliasesOf(template).get(functionId)?.UpdatePolicy?.CodeDeployLambdaAliasUpdate;
  return propertiesOf(template, target(policy?.DeploymentGroupName) ?? '') as unknown as DeploymentGroup;
}

export interface DeploymentGroup {
  readonly DeploymentGroupName: string;
  readonly DeploymentConfigName: string;
  readonly AlarmConfiguration: { readonly Enabled: boolean; readonly Alarms: readonly { readonly Name: unknown }[] };
}
