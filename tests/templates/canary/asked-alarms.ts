import { resourcesOf, type Template, target } from '../template.ts';

/**
 * The alarms that CodeDeploy asks while it moves an alias to a new version, each with the logical id of the function. An
 * alarm of a group that moves no alias is none of them.
 */
export function askedAlarms(template: Template): ReadonlyMap<string, string> {
  const asked = resourcesOf(template, 'AWS::Lambda::Alias').flatMap(([, { Properties, UpdatePolicy }]) => {
    const group = target(UpdatePolicy?.CodeDeployLambdaAliasUpdate?.DeploymentGroupName);
    const { AlarmConfiguration } = template.Resources[group ?? '']?.Properties ?? {};
    const { Enabled, Alarms = [] } = (AlarmConfiguration ?? {}) as AlarmConfiguration;
    const alarms = Enabled === true ? Alarms : [];
    return alarms.map(({ Name }) => [target(Name) ?? '', target(Properties.FunctionName) ?? ''] as const);
  });
  return new Map(asked);
}

interface AlarmConfiguration {
  readonly Enabled?: boolean;
  readonly Alarms?: readonly { readonly Name: unknown }[];
}
