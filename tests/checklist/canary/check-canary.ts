import { calledByApi } from '../../templates/rest-api/api-methods.ts';
import {
  type Properties,
  permittedFunction,
  propertiesOf,
  type Resource,
  resourcesOf,
  type Template,
  target,
} from '../../templates/template.ts';
import type { Finding, Templates } from '../checked-templates.ts';
import { GOES_AT_ONCE } from './at-once.ts';

/** CodeDeploy asks no more alarms of a group. */
const MAX_ALARMS = 10;
const EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'];

/** What CloudFormation is told of an alias: who moves its calls, and what tries a version before. */
interface Move {
  readonly DeploymentGroupName?: unknown;
  readonly BeforeAllowTrafficHook?: unknown;
}

interface Group {
  readonly DeploymentConfigName?: string;
  readonly AlarmConfiguration?: { readonly Enabled?: boolean; readonly Alarms?: readonly { readonly Name: unknown }[] };
  readonly AutoRollbackConfiguration?: { readonly Enabled?: boolean; readonly Events?: readonly string[] };
}

/**
 * A new version of a function that API Gateway calls is tried, then gets a part of the calls, and goes back by an alarm
 * of its own; or there is a reason why not.
 */
export function checkCanary(templates: Templates): Finding[] {
  const used = new Set<string>();
  const findings = Object.entries(templates).flatMap(([service, template]) =>
    calledFunctions(template).flatMap((place) => {
      const key = `${service} ${place}`;
      const isAtOnce = GOES_AT_ONCE[key] !== undefined;
      if (isAtOnce) used.add(key);
      const problems = isAtOnce ? [] : problemsOf(template, place);
      return problems.map((problem) => ({ service, place, problem }));
    }),
  );
  const needless = Object.keys(GOES_AT_ONCE).filter((key) => !used.has(key));
  return [...findings, ...needless.map((place) => ({ service: '', place, problem: 'its reason is not needed' }))];
}

/** The logical ids of functions that API Gateway may call. */
function calledFunctions(template: Template): string[] {
  const ids = resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
    .map(([, { Properties }]) => permittedFunction(template, Properties) ?? '');
  return [...new Set(ids)];
}

function problemsOf(template: Template, functionId: string): string[] {
  const alias = aliasOf(template, functionId);
  const move = alias?.UpdatePolicy?.CodeDeployLambdaAliasUpdate as Move | undefined;
  if (alias === undefined || move === undefined) return ['all calls go to a new version at once'];
  const hook = template.Resources[target(move.BeforeAllowTrafficHook) ?? ''];
  const group = propertiesOf(template, target(move.DeploymentGroupName) ?? '') as Group;
  const isTried = hook?.Type === 'AWS::Lambda::Function';
  return [
    ...(isCalledBeside(template, functionId, String(alias.Properties.Name))
      ? ['something calls it beside its alias']
      : []),
    ...(isTried ? [] : ['no probe tries a new version']),
    ...groupProblems(group),
    ...alarmProblems(template, group, alias),
    ...versionProblems(template, alias),
  ];
}

function aliasOf(template: Template, functionId: string): Resource | undefined {
  const all = resourcesOf(template, 'AWS::Lambda::Alias');
  return all.find(([, { Properties }]) => target(Properties.FunctionName) === functionId)?.[1];
}

function isCalledBeside(template: Template, functionId: string, alias: string): boolean {
  return calledByApi(template).some((text) => text.includes(`"${functionId}"`) && !text.includes(`"${alias}"`));
}

function groupProblems({ DeploymentConfigName, AutoRollbackConfiguration: back }: Group): string[] {
  const isStepwise = /^CodeDeployDefault\.Lambda(Canary|Linear)/.test(String(DeploymentConfigName));
  const goesBack = back?.Enabled === true && EVENTS.every((event) => back.Events?.includes(event));
  return [...(isStepwise ? [] : ['its calls move at once']), ...(goesBack ? [] : ['a failing version stays'])];
}

/** An alarm that sees another version too would stop the fix of that one. */
function alarmProblems(template: Template, { AlarmConfiguration: asked }: Group, alias: Resource): string[] {
  const alarms = asked?.Enabled === true ? (asked.Alarms ?? []) : [];
  if (alarms.length === 0 || alarms.length > MAX_ALARMS) return ['no alarm takes a version back'];
  const version = JSON.stringify(alias.Properties.FunctionVersion);
  const seen = alarms.flatMap(({ Name }) => metricsOf(propertiesOf(template, target(Name) ?? '')));
  const areOfVersion = seen.length > 0 && seen.every((metric) => metric.includes(version));
  return areOfVersion ? [] : ['its alarm does not look at the new version alone'];
}

function metricsOf({ Metrics = [] }: Properties): string[] {
  return (Metrics as Properties[]).filter(({ MetricStat }) => MetricStat).map((metric) => JSON.stringify(metric));
}

function versionProblems(template: Template, { Properties }: Resource): string[] {
  const version = template.Resources[target(Properties.FunctionVersion) ?? ''];
  const isProvisioned = [Properties, version?.Properties].some((own) => own?.ProvisionedConcurrencyConfig);
  return [
    ...(version?.DeletionPolicy === undefined ? [] : ['old versions stay for ever']),
    ...(isProvisioned ? ['Lambda divides no calls where concurrency is provisioned'] : []),
  ];
}
